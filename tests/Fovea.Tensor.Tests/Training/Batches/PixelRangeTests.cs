using Fovea.Imaging.Datasets;
using Fovea.Tests.Torch;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;

namespace Fovea.Tests.Training.Batches;

[Collection(nameof(MemoryMeasurements))]
public sealed class PixelRangeTests(TinyRun runs) : IClassFixture<TinyRun>
{
    [Fact]
    public void ToPixel_EveryPixelThereAndBack_IsTheSame()
    {
        for (var pixel = 0; pixel < 256; pixel++)
        {
            var unit = PixelRange.ToUnit((byte)pixel);
            Assert.InRange(unit, -1f, 1f);
            Assert.Equal(pixel, PixelRange.ToPixel(unit));
        }

        Assert.Equal((-1f, 1f), (PixelRange.ToUnit(0), PixelRange.ToUnit(255)));
    }

    [Theory]
    [InlineData(-1.2f, 0)]
    [InlineData(1.2f, 255)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(float.PositiveInfinity, 255)]
    [InlineData(float.NaN, 0)]
    [InlineData(0.001f, 128)]
    public void ToPixel_AnyValue_RoundsAndClamps(float value, int pixel) => Assert.Equal(pixel, PixelRange.ToPixel(value));

    [Fact]
    public void FromDataset_BackToPixels_AreTheDatasetsBytes()
    {
        using var dataset = ImageDataset.Open(runs.Dataset);
        using var images = ImageTensors.FromDataset(dataset, [5, 0, 23]);
        Assert.Equal([3, 3, 32, 32], images.shape);
        var pixels = ImageTensors.ToPixels(images);
        Assert.Equal(dataset.GetImage(5).ToArray(), pixels[0]);
        Assert.Equal(dataset.GetImage(0).ToArray(), pixels[1]);
        Assert.Equal(dataset.GetImage(23).ToArray(), pixels[2]);
        var values = TensorSpans.ToArray<float>(images);
        Assert.Equal(-1f, values.Min());
        Assert.InRange(values.Max(), 0.2f, 1f);
    }

    [Fact]
    public void FromDataset_Flipped_MirrorsTheMarkedImagesLeftToRight()
    {
        using var dataset = ImageDataset.Open(runs.Dataset);
        using var images = ImageTensors.FromDataset(dataset, [4, 7], [true, false]);
        var values = TensorSpans.ToArray<float>(images);
        for (var image = 0; image < 2; image++)
        {
            var pixels = dataset.GetImage(image == 0 ? 4 : 7);
            for (var channel = 0; channel < 3; channel++)
            {
                for (var y = 0; y < 32; y++)
                {
                    for (var x = 0; x < 32; x++)
                    {
                        var from = image == 0 ? 31 - x : x;
                        Assert.Equal(PixelRange.ToUnit(pixels[3 * (32 * y + from) + channel]), values[((image * 3 + channel) * 32 + y) * 32 + x]);
                    }
                }
            }
        }
    }
}
