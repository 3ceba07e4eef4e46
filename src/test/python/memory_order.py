"""Writes src/test/resources/memory-order/strides.tsv: the strides of results of permuted operands, as MemoryOrderTest has them.

Usage: memory_order.py > strides.tsv (needs torch)
"""
import warnings

import torch
import torch.nn.functional as F
warnings.filterwarnings("ignore")
torch.manual_seed(0)
def L():
    return {
     "t2": torch.rand(4,3).t(),
     "batchFirst": torch.rand(5,2,4).transpose(0,1),
     "last2": torch.rand(2,3,4).transpose(1,2),
     "cl": torch.rand(2,3,4,6).contiguous(memory_format=torch.channels_last),
     "heads": torch.rand(2,4,3,6).transpose(1,2),
     "gap": torch.rand(2,8,3,6).transpose(1,2)[:,:,::2],
     "expanded": torch.rand(3,1,4,2).expand(3,6,4,2),
     "reversed": torch.rand(6,4,3,2).permute(3,2,1,0),
     "cl3": torch.rand(2,3,4,4,6).contiguous(memory_format=torch.channels_last_3d),
    }
U = {
 "exp": lambda x: x.exp(), "relu": lambda x: x.relu(), "mulNumber": lambda x: x*2, "rsubNumber": lambda x: 1-x, "powNumber": lambda x: x**2.5,
 "sqrt": lambda x: x.sqrt(), "sin": torch.sin, "gelu": F.gelu, "silu": F.silu, "softplus": F.softplus, "elu": F.elu, "leakyRelu": F.leaky_relu,
 "hardtanh": F.hardtanh, "selu": F.selu, "mish": F.mish, "logsigmoid": F.logsigmoid, "hardswish": F.hardswish, "tanhshrink": F.tanhshrink, "softsign": F.softsign,
 "hardshrink": F.hardshrink, "threshold": lambda x: F.threshold(x,0.5,0.1),
 "clamp": lambda x: x.clamp(0.2,0.7), "gtNumber": lambda x: x>0.5, "isnan": torch.isnan, "logicalNot": torch.logical_not, "nanToNum": torch.nan_to_num,
 "clone": lambda x: x.clone(), "contiguous": lambda x: x.contiguous(), "toDouble": lambda x: x.double(), "toLong": lambda x: x.long(),
 "zerosLike": torch.zeros_like, "onesLike": torch.ones_like, "fullLike": lambda x: torch.full_like(x,3), "emptyLike": torch.empty_like, "randLike": torch.rand_like, "randnLike": torch.randn_like,
 "bernoulli": torch.bernoulli, "dropout": lambda x: F.dropout(x,0.5), "alphaDropout": lambda x: F.alpha_dropout(x,0.5,True), "maskedFill": lambda x: x.masked_fill(x>0.5,0.), "where": lambda x: torch.where(x>0.5,x,torch.zeros(())),
 "lerpNumber": lambda x: x.lerp(x+1,0.3), "addcmul": lambda x: x.addcmul(x,x,value=2), "addcdiv": lambda x: x.addcdiv(x,x+1,value=2),
 "flip": lambda x: x.flip(0), "roll": lambda x: x.roll(1,1), "tril": lambda x: x.tril(), "cumsum": lambda x: x.cumsum(1), "cumprod": lambda x: x.cumprod(0), "logcumsumexp": lambda x: x.logcumsumexp(1), "cummax": lambda x: x.cummax(1)[0],
 "softmax": lambda x: x.softmax(1), "logSoftmax": lambda x: x.log_softmax(-1), "sum1": lambda x: x.sum(1), "meanKeep": lambda x: x.mean(0,keepdim=True), "amax": lambda x: x.amax(1), "max": lambda x: x.max(1)[0], "argmax": lambda x: x.argmax(1), "prod": lambda x: x.prod(1), "var": lambda x: x.var(1), "norm": lambda x: x.norm(2,1), "logsumexp": lambda x: x.logsumexp(1),
 "sort": lambda x: x.sort(1)[0], "argsort": lambda x: x.argsort(1), "topk": lambda x: x.topk(2,1)[0], "kthvalue": lambda x: x.kthvalue(2,1)[0], "median": lambda x: x.median(1)[0],
 "cat": lambda x: torch.cat([x,x],1), "catMixed": lambda x: torch.cat([x,x.contiguous()],1), "stack": lambda x: torch.stack([x,x],1), "indexSelect": lambda x: x.index_select(1,torch.tensor([1,0])), "gather": lambda x: x.gather(0,torch.zeros(x.shape,dtype=torch.long)), "getIndex": lambda x: x[:,torch.tensor([1,0])], "getIndex0": lambda x: x[torch.tensor([1,0])],
 "scatterAdd": lambda x: x.scatter_add(0,torch.zeros(x.shape,dtype=torch.long),x), "indexAdd": lambda x: x.index_add(0,torch.tensor([0]),x[:1]), "indexFill": lambda x: x.index_fill(0,torch.tensor([0]),1.), "indexCopy": lambda x: x.index_copy(0,torch.tensor([0]),x[:1]),
 "repeat": lambda x: x.repeat(*([2]+[1]*(x.dim()-1))), "repeatInterleave": lambda x: x.repeat_interleave(2,1), "reshape": lambda x: x.reshape(-1,x.shape[-1]), "flatten": lambda x: x.flatten(), "unfoldDim": lambda x: x.unfold(1,2,1)+0,
 "padConstant": lambda x: F.pad(x,(1,1)), "padReflect": lambda x: F.pad(x,(1,1),mode="reflect"), "padReplicate": lambda x: F.pad(x,(1,1),mode="replicate"),"padCircular": lambda x: F.pad(x,(1,1),mode="circular"),
 "pad2Reflect": lambda x: F.pad(x,(1,1,1,1),mode="reflect"),"pad2Constant": lambda x: F.pad(x,(1,1,1,1)),"pad2Replicate": lambda x: F.pad(x,(1,1,1,1),mode="replicate"),"pad2Circular": lambda x: F.pad(x,(1,1,1,1),mode="circular"),
 "normalize": lambda x: F.normalize(x), "layerNorm": lambda x: F.layer_norm(x,x.shape[-1:]), "rmsNorm": lambda x: F.rms_norm(x,x.shape[-1:]), "linear": lambda x: F.linear(x,torch.ones(5,x.shape[-1]),torch.ones(5)), "linearNoBias": lambda x: F.linear(x,torch.ones(5,x.shape[-1])), "matmulRight": lambda x: x@torch.ones(x.shape[-1],5), "matmulBatch": lambda x: x@torch.ones(*x.shape[:-2],x.shape[-1],5),
 "matmulLeft": lambda x: torch.ones(5,x.shape[-2])@x, "oneHot": lambda x: F.one_hot((x*3).long(),4),
 "glu": lambda x: F.glu(x, 1), "sub": lambda x: x-x.flip(0), "add0dim": lambda x: torch.ones(())+x, "addT": lambda x: x+x.contiguous(), "contiguousFirst": lambda x: x.contiguous()+x, "rowAdd": lambda x: x+torch.ones(x.shape[-1]), "colAdd": lambda x: torch.ones(x.shape[-2],1)+x, "lt": lambda x: x.contiguous()<x,
 "mulInPlace": lambda x: x.clone().mul_(2), "floorDivide": lambda x: x//0.3, "atan2": lambda x: torch.atan2(x,x+1), "maximum": lambda x: torch.maximum(x,x.contiguous()), "xlogy": lambda x: torch.xlogy(x,x), "logaddexp": lambda x: torch.logaddexp(x.contiguous(),x), "mseNone": lambda x: F.mse_loss(x,x.contiguous(),reduction="none"), "smoothL1None": lambda x: F.smooth_l1_loss(x,x+1,reduction="none"), "bceLogitsNone": lambda x: F.binary_cross_entropy_with_logits(x,x,reduction="none"), "bceNone": lambda x: F.binary_cross_entropy(x,x,reduction="none"), "klNone": lambda x: F.kl_div(x,x,reduction="none"), "huberNone": lambda x: F.huber_loss(x,x+1,reduction="none"),
 "prelu": lambda x: F.prelu(x,torch.ones(1)), "preluChannels": lambda x: F.prelu(x,torch.ones(x.shape[1])), "embedding": lambda x: F.embedding((x*3).long(),torch.ones(4,2)), "heaviside": lambda x: torch.heaviside(x,x), "diff": lambda x: x.diff(), "take": lambda x: x.take(torch.zeros(x.shape,dtype=torch.long)), "renorm": lambda x: x.renorm(2,0,0.5), "cosineSimilarity": lambda x: F.cosine_similarity(x,x,1), "nonzero": lambda x: (x>0.2).nonzero()*1, "rot90": lambda x: x.rot90(1,(0,1)), "scatter": lambda x: x.scatter(0,torch.zeros(x.shape,dtype=torch.long),0.5),"put": lambda x: x.put(torch.tensor([0]),torch.tensor([1.])),"maskedScatter": lambda x: x.masked_scatter(x>0.5,torch.ones(x.numel())),"diagonalScatter": lambda x: x.diagonal_scatter(torch.zeros(x.diagonal().shape)),"selectScatter": lambda x: x.select_scatter(torch.zeros(x.select(0,0).shape),0,0),
}
C = { # 4-d, 3 channels: [2,3,4,6]
 "conv2d": lambda x: F.conv2d(x,torch.ones(5,x.shape[1],3,3),torch.ones(5)), "conv2dGroups": lambda x: F.conv2d(x,torch.ones(2*x.shape[1],1,1,1),None,groups=x.shape[1]),"conv2dWeightCl": lambda x: F.conv2d(x.contiguous(),torch.ones(5,x.shape[1],3,3).contiguous(memory_format=torch.channels_last),torch.ones(5)), "convTranspose2d": lambda x: F.conv_transpose2d(x,torch.ones(x.shape[1],5,3,3),None), 
 "maxPool2d": lambda x: F.max_pool2d(x,2), "maxPool2dIndices": lambda x: F.max_pool2d(x,2,return_indices=True)[1], "avgPool2d": lambda x: F.avg_pool2d(x,2), "adaptiveAvgPool2d": lambda x: F.adaptive_avg_pool2d(x,2),"adaptiveAvgPool2dOne": lambda x: F.adaptive_avg_pool2d(x,1), "adaptiveMaxPool2d": lambda x: F.adaptive_max_pool2d(x,2), "lpPool2d": lambda x: F.lp_pool2d(x,2,2),
 "batchNorm": lambda x: F.batch_norm(x,None,None,None,None,True), "batchNormEval": lambda x: F.batch_norm(x,torch.zeros(x.shape[1]),torch.ones(x.shape[1])), "batchNormAffine": lambda x: F.batch_norm(x,None,None,torch.ones(x.shape[1]),torch.ones(x.shape[1]),True), "groupNorm": lambda x: F.group_norm(x,1), "instanceNorm": lambda x: F.instance_norm(x), "localResponseNorm": lambda x: F.local_response_norm(x,2),
 "nearest": lambda x: F.interpolate(x,scale_factor=2), "nearestExact": lambda x: F.interpolate(x,scale_factor=2,mode="nearest-exact"), "bilinear": lambda x: F.interpolate(x,scale_factor=2,mode="bilinear"), "bicubic": lambda x: F.interpolate(x,scale_factor=2,mode="bicubic"), "area": lambda x: F.interpolate(x,size=(2,3),mode="area"), "sameSize": lambda x: F.interpolate(x,size=tuple(x.shape[2:])),
 "pixelShuffle": lambda x: F.pixel_shuffle(torch.cat([x,x,x,x],1),2), "pixelUnshuffle": lambda x: F.pixel_unshuffle(x,2), "channelShuffle": lambda x: F.channel_shuffle(torch.cat([x,x],1),2), "unfold": lambda x: F.unfold(x,2), "dropout2d": lambda x: F.dropout2d(x,0.5), "sdpa": lambda x: F.scaled_dot_product_attention(x,x,x), "sdpaCausal": lambda x: F.scaled_dot_product_attention(x,x,x,is_causal=True), "sdpaMask": lambda x: F.scaled_dot_product_attention(x,x,x,attn_mask=torch.zeros(x.shape[2],x.shape[2])), "sdpaDropout": lambda x: F.scaled_dot_product_attention(x,x,x,dropout_p=0.5), "sdpaGrad": lambda x: F.scaled_dot_product_attention(x.detach().requires_grad_(),x,x),
}
C3 = {"conv3d": lambda x: F.conv3d(x,torch.ones(5,x.shape[1],3,3,3),None), "maxPool3d": lambda x: F.max_pool3d(x,2), "avgPool3d": lambda x: F.avg_pool3d(x,2), "adaptiveAvgPool3d": lambda x: F.adaptive_avg_pool3d(x,2), "adaptiveMaxPool3d": lambda x: F.adaptive_max_pool3d(x,2),"batchNorm": C["batchNorm"],"groupNorm": C["groupNorm"], "instanceNorm": C["instanceNorm"], "nearest": C["nearest"], "trilinear": lambda x: F.interpolate(x,scale_factor=2,mode="trilinear"), "convTranspose3d": lambda x: F.conv_transpose3d(x,torch.ones(x.shape[1],5,3,3,3),None)}
def out(op,name,x,f):
    try: y=f(x)
    except Exception as e: return
    st=["-" if n==1 else str(s) for s,n in zip(y.stride(),y.shape)]
    print(op,name,",".join(map(str,y.shape)),",".join(st),sep="\t")
for name,x in L().items():
    for op,f in U.items(): out(op,name,x,f)
    if x.dim()==4:
        for op,f in C.items(): out(op,name,x,f)
    if x.dim()==5:
        for op,f in C3.items(): out(op,name,x,f)
