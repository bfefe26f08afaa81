"""What this machine multiplies: a large matrix product in fp32, int8 and, where there is any, bf16.

Prints billions of operations a second; the best of several tries counts, because
every disturbance only makes one slower.
"""

import time
from collections.abc import Callable

import torch

from eval.bench.programs import protocol

SIDES = 512, 1024, 2048
"""Of a square matrix. A larger one is tried while a product takes less than `SOON` seconds: without
instructions for a type, torch takes half a minute for the largest."""
SOON = 0.25
TRIES = 8


def gflops(dtype: torch.dtype) -> float:
    def product(side: int) -> Callable[[], object]:
        one, other = torch.rand(side, side).to(dtype), torch.rand(side, side).to(dtype)
        return lambda: torch.mm(one, other)

    return most(product)


def gops_int8() -> float:
    """Summed in 32 bits."""

    def product(side: int) -> Callable[[], object]:
        one, other = (torch.randint(-127, 128, (side, side), dtype=torch.int8) for _ in range(2))
        return lambda: torch._int_mm(one, other)  # noqa: SLF001  torch has no public name for it

    return most(product)


def _seconds(multiply: Callable[[], object]) -> float:
    began = time.perf_counter()
    multiply()
    return time.perf_counter() - began


def most(
    product: Callable[[int], Callable[[], object]],
    seconds: Callable[[Callable[[], object]], float] = _seconds,
) -> float:
    """Billions of operations a second; `product` makes one of matrices of a given side."""
    found = 0.0
    for side in SIDES:
        multiply = product(side)
        multiply()
        took = min(seconds(multiply) for _ in range(TRIES))
        found = max(found, 2 * side**3 / took / 1e9)
        if took > SOON:
            break
    return found


def main() -> None:
    has_bf16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001  torch has no public name
    protocol.answer(
        fp32_gflops=gflops(torch.float32),
        bf16_gflops=gflops(torch.bfloat16) if has_bf16 else None,
        int8_gops=gops_int8(),
    )


if __name__ == "__main__":
    main()
