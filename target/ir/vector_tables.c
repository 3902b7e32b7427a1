// Coefficients of functions in pieces: by power, lowest first, and by number of the piece
// (tests/vector/math_coefficients.py prints them).
#include "target/ir/vector_tables.h"

// Pieces of a quarter each around 0, 1/4, 1/2, ...; of the first one those of erf(x) / x - 1.
const float vector_erf_table[VECTOR_ERF_ROWS][VECTOR_PIECES] = {
    {0, 0x1.1af54ep-2f, 0x1.0a7ef6p-1f, 0x1.6c1c98p-1f, 0x1.af767ap-1f, 0x1.d8865ep-1f, 0x1.eea556p-1f,
     0x1.f92d08p-1f, 0x1.fd9ae2p-1f, 0x1.ff4048p-1f, 0x1.ffcaa8p-1f, 0x1.fff2d0p-1f, 0x1.fffd1ap-1f,
     0x1.ffff70p-1f, 0x1.ffffe8p-1f, 0x1.fffffcp-1f},
    {0x1.06eba8p-3f, 0x1.0f5d18p+0f, 0x1.c1efccp-1f, 0x1.492e44p-1f, 0x1.a911f0p-2f, 0x1.e46530p-3f,
     0x1.e72372p-4f, 0x1.b05530p-5f, 0x1.529ba0p-6f, 0x1.d4143cp-8f, 0x1.1d8316p-9f, 0x1.3360ccp-11f,
     0x1.2408eap-13f, 0x1.e9b5eap-16f, 0x1.6a5972p-18f, 0x1.d9371ep-21f},
    {0x1.b662dap-60f, -0x1.0f5be6p-2f, -0x1.c1ef08p-2f, -0x1.edc700p-2f, -0x1.a91050p-2f, -0x1.2ec170p-2f,
     -0x1.6d6020p-3f, -0x1.7a538ap-4f, -0x1.52b30ap-5f, -0x1.07712cp-6f, -0x1.63ed72p-8f, -0x1.a7d0ecp-10f,
     -0x1.a9e7fap-12f, -0x1.a5801ep-14f, -0x1.140b04p-15f, -0x1.236cdap-21f},
    {-0x1.812678p-2f, -0x1.3c9e4ap-2f, -0x1.2bfdeep-3f, 0x1.b6ab08p-6f, 0x1.1b6240p-3f, 0x1.571c0cp-3f,
     0x1.1c2a1ep-3f, 0x1.71494ep-4f, 0x1.8b0ae8p-5f, 0x1.63ef4ep-6f, 0x1.119d74p-7f, 0x1.69ccaap-9f,
     0x1.9db0fap-11f, 0x1.9a991ep-13f, 0x1.62bd68p-15f, 0x1.0b593cp-17f},
    {0x1.0f7cfap-52f, 0x1.023cfcp-3f, 0x1.74fe4cp-3f, 0x1.348bdap-3f, 0x1.1a0d32p-4f, -0x1.5ae80cp-8f,
     -0x1.655c6ep-5f, -0x1.846b66p-5f, -0x1.1446d8p-5f, -0x1.2ffcb8p-6f, -0x1.3aaad8p-7f, -0x1.8919e6p-9f,
     -0x1.d67d82p-10f, 0x1.1e8ed4p-14f, 0x1.b04dcap-11f, -0x1.8f2d8ep-13f},
    {0x1.cbbd92p-4f, 0x1.4c4a38p-4f, 0x1.1117a0p-7f, -0x1.aabc06p-5f, -0x1.1ada18p-4f, -0x1.810f3ep-5f,
     -0x1.e97f12p-7f, 0x1.aa18fep-8f, 0x1.ab0970p-7f, 0x1.5ce5fep-7f, 0x1.918fb0p-8f, 0x1.6b32dcp-9f,
     0x1.0cddc4p-10f, 0x1.4d41a8p-12f, 0x1.5e311ep-14f, 0x1.3aa936p-16f},
};

// Pieces by the exponent and two bits of the mantissa of 1 + 15 / 9.2 x; of the one around 0, those of
// tanh(x) / x - 1. The first row has their centers.
const float vector_tanh_table[VECTOR_TANH_ROWS][VECTOR_PIECES] = {
    {0x1.880000p-1f, 0x1.140000p+0f, 0x1.600000p+0f, 0x1.b00000p+0f, 0x1.120000p+1f, 0x1.620000p+1f,
     0x1.b00000p+1f, 0x1.fe0000p+1f, 0x1.3a0000p+2f, 0x1.890000p+2f, 0x1.d70000p+2f, 0x1.130000p+3f, 0,
     0x1.e00000p-3f, 0x1.900000p-2f, 0x1.100000p-1f},
    {0x1.49ebf2p-1f, 0x1.95c2ecp-1f, 0x1.c278a6p-1f, 0x1.de1eb6p-1f, 0x1.f20930p-1f, 0x1.fbf5bcp-1f,
     0x1.fecd6cp-1f, 0x1.ffa54cp-1f, 0x1.fff1a6p-1f, 0x1.fffec8p-1f, 0x1.ffffe4p-1f, 0x1.fffffep-1f, 0,
     0x1.d7665cp-3f, 0x1.7cd312p-2f, 0x1.f20212p-2f},
    {0x1.2b67d8p-1f, 0x1.7cddaep-2f, 0x1.cea746p-3f, 0x1.06129cp-3f, 0x1.b8c218p-5f, 0x1.018bc8p-6f,
     0x1.3238b6p-8f, 0x1.6aac44p-10f, 0x1.cb5548p-13f, 0x1.373dc8p-16f, 0x1.b315e0p-20f, 0x1.26cc5cp-23f,
     -0x1.719f48p-26f, 0x1.e4dfb0p-1f, 0x1.b92f98p-1f, 0x1.86e67ep-1f},
    {-0x1.81d974p-2f, -0x1.2dd902p-2f, -0x1.971764p-3f, -0x1.e97ff8p-4f, -0x1.acc2aep-5f, -0x1.fefd22p-7f,
     -0x1.31b0ecp-8f, -0x1.691f10p-10f, -0x1.cdbcbep-13f, -0x1.25ebeep-16f, -0x1.0982a0p-21f,
     -0x1.28c138p-21f, -0x1.cc228cp-55f, -0x1.be63ccp-3f, -0x1.482ce6p-2f, -0x1.7c3b92p-2f},
    {0x1.88553ep-5f, 0x1.c1014cp-4f, 0x1.97d408p-4f, 0x1.1a5c42p-4f, 0x1.0e20b8p-5f, 0x1.4f4ad2p-7f,
     0x1.956d5cp-9f, 0x1.e28deep-11f, 0x1.31f2eap-13f, 0x1.9ebb0ap-17f, 0x1.239e6ap-20f, 0x1.89d388p-24f,
     -0x1.555100p-2f, -0x1.0fcfdep-2f, -0x1.58448cp-3f, -0x1.2ebd88p-4f},
    {0x1.7f3972p-4f, 0x1.9789e4p-7f, -0x1.3e4724p-6f, -0x1.81237ep-6f, -0x1.dcd28ep-7f, -0x1.469f08p-8f,
     -0x1.7c9d1ep-10f, -0x1.392904p-11f, -0x1.107156p-14f, -0x1.bd376cp-17f, -0x1.1d0e56p-17f,
     0x1.7adab4p-19f, 0x1.1cb28ep-47f, 0x1.05ace8p-3f, 0x1.6a498ap-3f, 0x1.5310bcp-3f},
    {-0x1.05ae6cp-4f, -0x1.3141eep-5f, -0x1.318054p-7f, 0x1.64c2fcp-9f, 0x1.20edb8p-8f, 0x1.e867d4p-10f,
     0x1.3d822ep-11f, 0x1.81c202p-13f, 0x1.fbb572p-16f, 0x1.58a5cep-19f, 0x1.b185a2p-23f, 0x1.395f0cp-26f,
     0x1.0d3638p-3f, 0x1.16b258p-4f, 0x1.68ac3ep-6f, -0x1.21bdf4p-5f},
    {0x1.0b0624p-5f, -0x1.1767a2p-7f, -0x1.50e32cp-5f, -0x1.a649f6p-6f, -0x1.24f880p-10f, -0x1.5ff706p-12f,
     -0x1.8f3dd6p-11f, 0x1.db2a4ap-11f, -0x1.8c347ep-16f, 0x1.7c94e6p-17f, 0x1.d5c206p-17f, -0x1.4d5bc0p-18f,
     -0x1.1fda12p-42f, 0x1.d6bab8p-2f, -0x1.6bc5f2p-1f, -0x1.44c624p-1f},
};

// Bits of 2 / pi: from 32 zeros before them on the words by number, then half of the following words, the
// following words and so on.
const uint32_t vector_pi_table[VECTOR_PI_ROWS][VECTOR_PIECES] = {
    {0, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0},
    {0x517cc1b7, 0x27220a94, 0x7e13abe8, 0x7a9a6ee0, 0x6db14acc},
    {0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599},
    {0x27220a94, 0x7e13abe8, 0x7a9a6ee0, 0x6db14acc, 0x1e21c820},
    {0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041},
    {0x7e13abe8, 0x7a9a6ee0, 0x6db14acc, 0x1e21c820, 0x7f28b1d5},
};
