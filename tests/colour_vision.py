"""What colours look like to eyes that lack a kind of cone, and how far apart two pictures look then."""

import numpy as np
import pygame
from numpy.typing import NDArray
from pygame import Surface

SEEN_AS = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Linear RGB as it is, to linear RGB as it is seen: Machado, Oliveira and Fernandes (2009), severity 1."""

_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _XYZ.sum(axis=1)


def lab(colours: NDArray[np.uint8], seen_as: str) -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of sRGB colours (…, 3) as those eyes see them."""
    share = colours.astype(np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ SEEN_AS[seen_as].T, 0, 1) @ _XYZ.T / _WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1
    )


def apart(one: Surface, other: Surface, seen_as: str, over: tuple[int, int, int]) -> NDArray[np.float64]:
    """Colour difference (CIE 1976) at each pixel of two pictures of one size that lie on a ground."""
    seen = []
    for picture in (one, other):
        ground = Surface(picture.get_size())
        ground.fill(over)
        ground.blit(picture, (0, 0))
        seen.append(lab(pygame.surfarray.array3d(ground), seen_as))
    squares: NDArray[np.float64] = ((seen[0] - seen[1]) ** 2).sum(axis=-1)
    return np.sqrt(squares)
