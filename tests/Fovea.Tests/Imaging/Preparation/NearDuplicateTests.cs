using CsCheck;
using Fovea.Core.Random;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;
using Fovea.Imaging.Retina;

namespace Fovea.Tests.Imaging.Preparation;

public class NearDuplicateTests
{
    [Fact]
    public void Find_RandomHashes_EqualsTheDirectSearch() =>
        Gen.Select(Gen.Int[0, 60], Gen.ULong).Sample((count, seed) =>
        {
            var random = new CounterRandom(seed, 0);
            var hashes = new List<PerceptualHash>();
            for (var i = 0; i < count; i++)
            {
                // Half of them are an earlier one with a few bits flipped: near, far and just at the limit.
                var hash = i > 0 && random.NextInt(2) == 0
                    ? hashes[random.NextInt(i)]
                    : new PerceptualHash(Word(random), Word(random), Word(random), Word(random));
                for (var flips = random.NextInt(40); flips > 0; flips--)
                    hash = hash with { B = hash.B ^ (1UL << random.NextInt(64)), C = hash.C ^ (1UL << random.NextInt(64)) };
                hashes.Add(hash);
            }

            var direct = from i in Enumerable.Range(0, count)
                         from j in Enumerable.Range(0, count)
                         where i < j && Bits(hashes[i]).Zip(Bits(hashes[j])).Count(b => b.First != b.Second) <= NearDuplicateFinder.MaxDistance
                         select (i, j);
            return NearDuplicateFinder.Find(hashes, 2).SequenceEqual(direct);
        }, iter: 30);

    [Fact]
    public void Distance_ChangedCopies_AreNearAndOthersFar()
    {
        var image = new SyntheticFundus { Width = 500, Height = 400, CentreX = 250, CentreY = 200, Radius = 180, Seed = 3 }.Draw();
        var hash = HashOf(image);
        var brighter = new RgbImage(500, 400, [.. image.Pixels.Select(v => (byte)Math.Min(255, v * 1.1))]);
        Assert.InRange(hash.Distance(HashOf(brighter)), 0, NearDuplicateFinder.MaxDistance);
        Assert.InRange(hash.Distance(HashOf(ImageDecoder.Decode(image.ToJpeg(40)).Image)), 0, NearDuplicateFinder.MaxDistance);
        var smaller = new RgbImage(250, 250, AreaResampler.Resize(image, 50, 0, 400, 250));
        Assert.InRange(hash.Distance(HashOf(smaller)), 0, NearDuplicateFinder.MaxDistance);
        for (ulong seed = 10; seed < 30; seed++)
            Assert.True(hash.Distance(HashOf(new SyntheticFundus { Seed = seed }.Draw())) > 2 * NearDuplicateFinder.MaxDistance);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void Distance_UnlikePictures_IsFarAtEachSize(int size)
    {
        var random = new CounterRandom(5, 0);
        PerceptualHash[] hashes =
        [
            .. Enumerable.Range(0, 20).Select(_ => PerceptualHash.Compute(Enumerable.Range(0, size * size * 3).Select(_ => (byte)random.NextInt(256)).ToArray(), size)),
        ];
        Assert.Empty(NearDuplicateFinder.Find(hashes, 2, TestContext.Current.CancellationToken));
    }

    private static PerceptualHash HashOf(RgbImage image) => PerceptualHash.Compute(RetinaCropper.Crop(image, DiscFinder.Find(image), 64), 64);

    private static ulong Word(CounterRandom random) => (ulong)random.NextBits() << 32 | random.NextBits();

    private static IEnumerable<bool> Bits(PerceptualHash hash) =>
        new[] { hash.A, hash.B, hash.C, hash.D }.SelectMany(word => Enumerable.Range(0, 64).Select(bit => (word >> bit & 1) == 1));
}
