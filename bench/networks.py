"""The distinct convolutions of ResNet-50 (stride in the 3x3 of a block) and MobileNetV2 on images of 224 x 224: int8, NHWC, with
bias, requantization and clamp. A shape is (pixels a side, channels in, channels out, window, stride); the images are padded before."""
RESNET50 = [
    (230, 3, 64, 7, 2),
    (56, 64, 64, 1, 1), (58, 64, 64, 3, 1), (56, 64, 256, 1, 1), (56, 256, 64, 1, 1),
    (56, 256, 128, 1, 1), (57, 128, 128, 3, 2), (28, 128, 512, 1, 1), (55, 256, 512, 1, 2), (28, 512, 128, 1, 1), (30, 128, 128, 3, 1),
    (28, 512, 256, 1, 1), (29, 256, 256, 3, 2), (14, 256, 1024, 1, 1), (27, 512, 1024, 1, 2), (14, 1024, 256, 1, 1), (16, 256, 256, 3, 1),
    (14, 1024, 512, 1, 1), (15, 512, 512, 3, 2), (7, 512, 2048, 1, 1), (13, 1024, 2048, 1, 2), (7, 2048, 512, 1, 1), (9, 512, 512, 3, 1),
]
MOBILENETV2 = [
    (225, 3, 32, 3, 2),
    (112, 32, 16, 1, 1), (112, 16, 96, 1, 1), (56, 96, 24, 1, 1), (56, 24, 144, 1, 1), (56, 144, 24, 1, 1),
    (28, 144, 32, 1, 1), (28, 32, 192, 1, 1), (28, 192, 32, 1, 1), (14, 192, 64, 1, 1), (14, 64, 384, 1, 1), (14, 384, 64, 1, 1),
    (14, 384, 96, 1, 1), (14, 96, 576, 1, 1), (14, 576, 96, 1, 1), (7, 576, 160, 1, 1), (7, 160, 960, 1, 1), (7, 960, 160, 1, 1),
    (7, 960, 320, 1, 1), (7, 320, 1280, 1, 1),
]
# (pixels a side, channels, stride), window 3 x 3
MOBILENETV2_DEPTHWISE = [
    (114, 32, 1), (113, 96, 2), (58, 144, 1), (57, 144, 2), (30, 192, 1), (29, 192, 2), (16, 384, 1), (16, 576, 1), (15, 576, 2),
    (9, 960, 1),
]


def _form(sizes, c, n, **others):
    return {"sizes": sizes, "c": c, "n": n, **others}


def _first(sizes, c, n, **others):
    return _form(sizes, c, n, first=True, weights="oik", **others)


# Other forms of convolutions (convolution_cases.Form): what PyTorch and ONNX lay out as NCHW, groups, dilation, one and three
# dimensions, weights as TensorFlow has them, floating numbers, sizes known at run time.
FORMS = [
    # ResNet-50 in NCHW
    _first((230, 230), 3, 64, window=7, stride=2), _first((56, 56), 64, 64, window=1), _first((58, 58), 64, 64),
    _first((57, 57), 128, 128, stride=2), _first((30, 30), 128, 128), _first((16, 16), 256, 256), _first((14, 14), 1024, 256, window=1),
    _first((9, 9), 512, 512), _first((55, 55), 256, 512, window=1, stride=2),
    _first((30, 30), 128, 128, kind="f32"), _first((30, 30), 128, 128, kind="f16"), _first((30, 30), 128, 128, kind="bf16"),
    # VGG-16 in NCHW: images larger than the scratchpad, or long sums
    _first((226, 226), 3, 64), _first((114, 114), 64, 64), _first((30, 30), 256, 256), _first((30, 30), 512, 512),
    # VGG-16 in NHWC, padding by guards
    _form((112, 112), 64, 64, pad=1), _form((58, 58), 256, 256), _form((28, 28), 512, 512, pad=1),
    # NHWC in floating numbers, weights OHWI and HWIO
    _form((30, 30), 128, 128, kind="f32"), _form((30, 30), 128, 128, kind="f16", weights="kio"),
    _form((58, 58), 64, 64, kind="f32", weights="kio"), _form((30, 30), 128, 128, weights="kio"),
    # ResNeXt-50 (32 groups), ShuffleNet (3 groups), AlexNet (2 groups)
    _form((58, 58), 128, 128, groups=32), _form((30, 30), 256, 256, groups=32), _form((16, 16), 512, 512, groups=32),
    _first((30, 30), 256, 256, groups=32), _first((16, 16), 512, 512, groups=32),
    _form((28, 28), 240, 60, window=1, groups=3), _form((30, 30), 128, 128, groups=4), _first((15, 15), 256, 256, groups=2),
    # DeepLab's dilation, WaveNet's and speech's one dimension, video's three
    _form((32, 32), 128, 128, dilation=2), _first((32, 32), 128, 128, dilation=2),
    _form((514,), 128, 128), _first((514,), 128, 128), _first((528,), 64, 64, window=2, dilation=16),
    _form((1030,), 16, 32, window=7, kind="f32", weights="kio"),
    _form((16, 30, 30), 16, 32), _first((10, 18, 18), 32, 32),
    # depthwise, 5 x 5 in NHWC, 3 x 3 in NCHW
    _form((32, 32), 96, 96, groups=96, window=5),
    _first((58, 58), 144, 144, groups=144), _first((29, 29), 192, 192, groups=192, stride=2),
    # sizes known at run time
    _form((30, 30), 64, 64, known=False), _first((30, 30), 64, 64, known=False),
    _form((30, 30), 64, 64, known=False, pad=1), _form((57, 57), 128, 128, stride=2, known=False), _form((9, 9), 512, 512, known=False),
    _first((30, 30), 128, 128, known=False, kind="f32"),
]
