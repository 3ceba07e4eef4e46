#!/usr/bin/env python3
"""Writes ../resources/dev/facula/io/torch.safetensors for SafetensorsTest, with the reference
implementation of the format (needs torch, safetensors)."""
import torch
from safetensors.torch import save_file

TYPES = dict(
    f32=torch.float32, f64=torch.float64, f16=torch.float16, bf16=torch.bfloat16, i64=torch.int64,
    i32=torch.int32, i16=torch.int16, i8=torch.int8, u8=torch.uint8, u16=torch.uint16,
    u32=torch.uint32, u64=torch.uint64, bool=torch.bool)
tensors = {}
for name, dtype in TYPES.items():
    if dtype.is_floating_point:
        values = [0.0, -1.5, 3.140625, float("inf"), float("-inf"), float("nan")]
        values += [torch.finfo(dtype).smallest_normal, torch.finfo(dtype).smallest_normal / 4]
        tensors[name] = torch.tensor(values, dtype=torch.float64).to(dtype).reshape(2, 4)
    elif dtype == torch.bool:
        tensors[name] = torch.tensor([True, False, True])
    else:
        info = torch.iinfo(dtype)
        top = min(info.max, 2**63 - 1)
        tensors[name] = torch.tensor([0, 1, 42, info.min, top], dtype=dtype)
tensors["scalar"] = torch.tensor(2.5)
tensors["empty"] = torch.zeros(3, 0)
tensors["a \"quoted\"\n\u00e4\U0001f600 name"] = torch.tensor([1.0])
save_file(tensors, "../resources/dev/facula/io/torch.safetensors", metadata={"format": "pt"})
