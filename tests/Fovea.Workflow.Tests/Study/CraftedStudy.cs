using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Tests.Study;

/// <summary>A study with results of known numbers, made without training anything.</summary>
internal static class CraftedStudy
{
    public const int Images = 200;

    public static StudyDefinition Definition(IReadOnlyList<int> seeds, params string[] sizes) => new()
    {
        Name = "crafted",
        Title = "Do circuits help? Numbers of a crafted study.",
        Config = "fundus-64",
        Set = ["denoiser.steps=2000"],
        Seeds = seeds,
        Sizes = [.. (sizes.Length == 0 ? ["all"] : sizes).Select(Size)],
        Arms =
        [
            new("classical", BlockKind.Classical, BlockKind.Classical, []),
            new("quantum", BlockKind.Quantum, BlockKind.Quantum, []),
            new("frozen", BlockKind.Quantum, BlockKind.Frozen, ["denoiser.width=24"]),
        ],
        Questions = [new("Do circuits help?", "quantum", "classical"), new("Is the training of circuits worth it?", "quantum", "frozen")],
        Sampling = new(Images, 1, 16),
        Judging = new(Split.Val, ["fundusnet"], null, 50),
        Noise = new(["quantum"], "all", ["heavy-hex", "trapped-ion"], [0.5, 1], 100),
    };

    /// <summary>A cell whose figures are those given and whose other figures are the same for all cells.</summary>
    public static CellResult Cell(string arm, int seed, string gradable, double frechet, string size = "all") => new()
    {
        Format = CellResult.CurrentFormat,
        Cell = $"{arm}-{size}-seed{seed}",
        Arm = arm,
        Size = size,
        TrainingImages = size == "all" ? 800 : 200,
        Seed = seed,
        Fingerprint = Hash('f'),
        ConfigHash = Hash('c'),
        DataHash = Hash('d'),
        Version = "0.1.0",
        Costs = Costs(arm),
        Reconstruction = new(100, 31.5, 0.91),
        HeldOutLoss = new(0.21),
        AutoencoderHash = Hash(arm == "classical" ? '1' : '2') + seed,
        Distances = [Distances("FundusNet", frechet)],
        Gradability = new()
        {
            Grader = "fundus-64",
            GraderHash = Hash('9'),
            IsOutside = true,
            OutsideReason = "none of its images is known",
            Generated = gradable,
            Real = new(90, 100),
            Reconstructed = new(80, 100),
        },
        Copies = [new("FundusNet", new(11, Images), new(2, Images))],
        Noise = [],
    };

    public static CellDistances Distances(string network, double frechet) => new()
    {
        Network = network,
        NetworkHash = Hash('7'),
        Frechet = new(frechet, frechet - 2, frechet + 2),
        FrechetFloor = new(5),
        Kernel = new(frechet / 100, (frechet - 2) / 100, (frechet + 2) / 100),
        Precision = new(0.6, 0.5, 0.7),
        Recall = new(0.3, 0.2, 0.4),
        Density = new(0.8, 0.7, 0.9),
        Coverage = new(0.7, 0.6, 0.8),
    };

    /// <summary>The first <paramref name="hits"/> of so many images gradable.</summary>
    public static string Bits(int hits, int images = Images) => new string('1', hits) + new string('0', images - hits);

    /// <summary>Images gradable with a probability, at random.</summary>
    public static string Random(double share, CounterRandom random, int images = Images) =>
        string.Concat(Enumerable.Range(0, images).Select(_ => random.NextDouble() < share ? '1' : '0'));

    /// <summary>
    /// Three seeds at two sizes: the circuits better in gradability, no different in distance; one cell failed, one not run, and a noise sweep.
    /// </summary>
    public static (StudyDefinition Definition, IReadOnlyList<CellResult> Cells, IReadOnlyDictionary<string, string> Failures) Example()
    {
        var random = new CounterRandom(5, 1);
        List<CellResult> cells = [];
        foreach (var (arm, share, frechet) in new[] { ("classical", 0.45, 40.0), ("quantum", 0.7, 40.5), ("frozen", 0.55, 44.0) })
        {
            foreach (var size in new[] { "all", "200" })
            {
                foreach (var seed in new[] { 0, 1, 2 })
                {
                    cells.Add(
                        Cell(arm, seed, Random(size == "all" ? share : share - 0.2, random), frechet + random.NextNormal() + (size == "all" ? 0 : 15), size));
                }
            }
        }

        cells.RemoveAll(cell => cell.Cell is "frozen-all-seed2" or "frozen-200-seed0" or "frozen-200-seed1" or "frozen-200-seed2");
        return (
            Definition([0, 1, 2], "all", "200"),
            [.. cells.Select(cell => cell is { Arm: "quantum", Size: "all" } ? cell with { Noise = Sweep(cell, random) } : cell)],
            new Dictionary<string, string> { ["frozen-all-seed2"] = "diverged at step 812: the loss is not a number" });
    }

    private static TrainingSize Size(string name) => name == "all" ? TrainingSize.All : new(int.Parse(name), null);

    private static CellNoise[] Sweep(CellResult cell, CounterRandom random)
    {
        CellNoise Level(string profile, double scale) => new()
        {
            Profile = profile,
            Scale = scale,
            MeanChange = 6 * scale,
            Gradable = scale == 0 ? cell.Gradability!.Generated[..100] : Random(0.7 - 0.3 * scale, random, 100),
            Distances = [Distances("FundusNet", 50 + 12 * scale + random.NextNormal())],
        };
        return [Level("", 0), Level("heavy-hex", 0.5), Level("heavy-hex", 1), Level("trapped-ion", 0.5), Level("trapped-ion", 1)];
    }

    private static CellCosts Costs(string arm) => new()
    {
        AutoencoderParameters = 210_000,
        DenoiserParameters = arm switch { "classical" => 912_345, "quantum" => 870_120, _ => 869_000 },
        LayerParameters = arm == "classical" ? 42_225 : 768,
        AutoencoderSteps = 3000,
        DenoiserSteps = 2000,
        CircuitsEvaluated = arm == "classical" ? 0 : 123_456_789,
        AutoencoderSeconds = 310,
        DenoiserSeconds = 905,
        JudgingSeconds = 61,
        Threads = 2,
    };

    private static string Hash(char digit) => new(digit, 64);
}
