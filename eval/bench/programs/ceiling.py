"""What this machine multiplies: a large matrix product in fp32, int8 and, where there is any, bf16.

Prints billions of operations a second; the best of several tries counts, because
every disturbance only makes one slower.
"""

import time
from collections.abc import Callable

import torch

from eval.bench.programs import protocol

SIDE = 2048
TRIES = 8


def gflops(dtype: torch.dtype) -> float:
    one, other = torch.rand(SIDE, SIDE).to(dtype), torch.rand(SIDE, SIDE).to(dtype)
    return _most(lambda: torch.mm(one, other))


def gops_int8() -> float:
    """Summed in 32 bits."""
    one, other = (torch.randint(-127, 128, (SIDE, SIDE), dtype=torch.int8) for _ in range(2))
    return _most(lambda: torch._int_mm(one, other))  # noqa: SLF001  torch has no public name for it


def _most(multiply: Callable[[], object]) -> float:
    multiply()
    return 2 * SIDE**3 / min(_seconds(multiply) for _ in range(TRIES)) / 1e9


def _seconds(multiply: Callable[[], object]) -> float:
    began = time.perf_counter()
    multiply()
    return time.perf_counter() - began


def main() -> None:
    has_bf16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001  torch has no public name
    protocol.answer(
        fp32_gflops=gflops(torch.float32),
        bf16_gflops=gflops(torch.bfloat16) if has_bf16 else None,
        int8_gops=gops_int8(),
    )


if __name__ == "__main__":
    main()
