"""Values that the tests of Fovea.Metrics compare with: numpy and scipy, written from the papers' formulas alone.

Run with Python 3, numpy 1.24 and scipy 1.10; the printed lines are what the tests hold."""
import numpy as np
from scipy import linalg, stats
from scipy.signal import convolve2d


def features(rows, columns, salt):
    """The same whole numbers as TestFeatures.Hashed, as float32 parts of 997."""
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    h = (i * i * 31 + j * j * j * 17 + i * j * 7 + i * i * j * 11 + salt * 101 + i * 3 + j * 5) % 997
    return (h.astype(np.float32) / np.float32(997)).astype(np.float64)


def frechet(a, b):
    sa, sb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    shift = a.mean(0) - b.mean(0)
    return shift @ shift + np.trace(sa) + np.trace(sb) - 2 * np.trace(linalg.sqrtm(sa @ sb).real)


def kernel(a, b):
    n, m, d = len(a), len(b), a.shape[1]
    k = lambda x, y: (x @ y.T / d + 1) ** 3
    kaa, kbb = k(a, a), k(b, b)
    return ((kaa.sum() - np.trace(kaa)) / (n * (n - 1)) + (kbb.sum() - np.trace(kbb)) / (m * (m - 1)) - 2 * k(a, b).mean())


def distances(a, b):
    return np.sqrt(((a[:, None] - b[None]) ** 2).sum(-1))


def supports(real, fake, k, prk):
    rr, ff, rf = distances(real, real), distances(fake, fake), distances(real, fake)
    radius = lambda d, n: np.sort(d, 1)[:, n]
    precision = (rf <= radius(rr, prk)[:, None]).any(0).mean()
    recall = (rf.T <= radius(ff, prk)[:, None]).any(0).mean()
    density = (rf < radius(rr, k)[:, None]).sum(0).mean() / k
    coverage = (rf.min(1) < radius(rr, k)).mean()
    return precision, recall, density, coverage


def image(side, salt):
    y, x, c = np.meshgrid(np.arange(side), np.arange(side), np.arange(3), indexing="ij")
    x, y = x * 24 // side, y * 24 // side
    return ((x * x * 3 + y * y * 5 + x * y * salt + c * 40 + x * 7) // 16 % 256).astype(np.float64)


def ms_ssim(a, b):
    w = np.exp(-(np.arange(11) - 5.0) ** 2 / 4.5)
    w = np.outer(w, w) / w.sum() ** 2
    weights = np.array([0.0448, 0.2856, 0.3001, 0.2363, 0.1333])
    scales = min(5, 1 + int(np.floor(np.log2(min(a.shape[:2]) / 11))))
    weights = weights[:scales] / weights[:scales].sum()
    c1, c2, result = (0.01 * 255) ** 2, (0.03 * 255) ** 2, 1.0
    for s in range(scales):
        values = []
        for c in range(3):
            x, y = a[..., c], b[..., c]
            f = lambda p: convolve2d(p, w, mode="valid")
            mx, my = f(x), f(y)
            cs = (2 * (f(x * y) - mx * my) + c2) / (f(x * x) - mx * mx + f(y * y) - my * my + c2)
            l = (2 * mx * my + c1) / (mx * mx + my * my + c1)
            values.append((cs * l if s == scales - 1 else cs).mean())
        result *= max(np.mean(values), 0) ** weights[s]
        h, v = a.shape[0] // 2, a.shape[1] // 2
        a, b = [p[:2 * h, :2 * v].reshape(h, 2, v, 2, 3).mean((1, 3)) for p in (a, b)]
    return result


for rows, columns in [(60, 12), (40, 64), (64, 64), (30, 100)]:
    a, b = features(rows, columns, 1), features(rows + 5, columns, 2)
    print(f"frechet {rows} {columns}: {frechet(a, b):.10f} (rank {np.linalg.matrix_rank(np.cov(a, rowvar=False))}), kernel {kernel(a, b):.12f}")
a, b = features(90, 6, 1), features(90, 6, 3)
print("precision, recall (k = 3), density, coverage (k = 5):", supports(a, b, 5, 3))
for side in (24, 64, 180):
    print(f"ms-ssim {side}: {ms_ssim(image(side, 2), image(side, 3)):.12f}")
x, y = features(12, 1, 5)[:, 0], features(17, 1, 9)[:, 0]
print(f"wasserstein: {stats.wasserstein_distance(x, y):.12f}")
big = features(40, 2, 4)
print(f"wilcoxon, normal: {stats.wilcoxon(big[:, 0], big[:, 1] * 0.8, correction=True, mode='approx')}")
