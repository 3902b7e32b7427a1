# Pseudo-instructions of the vector extension.
vmsge.vx v1, v2, a0
vmsgeu.vx v1, v2, a0
vmsge.vx v1, v2, a0, v0.t
vmsgeu.vx v0, v2, a0, v0.t, v3
vmsge.vx v1, v2, a0, v0.t, v3
vmsge.vx v0, v2, a0
vmsge.vi v1, v2, 5
vmsgeu.vi v1, v2, 5, v0.t
vmsltu.vi v1, v2, 5
vmslt.vi v1, v2, 16
vmsge.vi v1, v2, -15
vmsgeu.vi v1, v2, 0
vmsltu.vi v1, v2, 0
vfmv.v.f v1, fa0
vneg.v v1, v2
vnot.v v1, v2
vwcvt.x.x.v v2, v4
vncvt.x.x.w v2, v4
vmmv.m v1, v2
vmclr.m v1
vmset.m v1
vmnot.m v1, v2
vfneg.v v1, v2
vfabs.v v1, v2
vl1r.v v1, (a0)
vmfgt.vv v1, v2, v3
vmsgt.vv v1, v2, v3
vpopc.m a0, v1
vle1.v v1, (a0)
vwcvtu.x.x.v v2, v4
vmandnot.mm v1, v2, v3
vfredsum.vs v1, v2, v3
