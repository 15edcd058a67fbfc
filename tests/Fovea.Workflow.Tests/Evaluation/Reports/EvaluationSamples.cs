using Fovea.Evaluation.Results;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Evaluation.Reports;

/// <summary>Evaluations with made-up figures that follow simple formulas, for reports to show.</summary>
internal static class EvaluationSamples
{
    public const string HostileFile = "<scans>/a&b \"1\".png";

    /// <summary>Everything measured, with names that could become markup; the pictures are the same one.</summary>
    public static EvaluationResult Full(byte[]? picture = null) =>
        new()
        {
            Settings = [new("seed", "42"), new("folder", "runs/<demo> & more"), new("threads", "2")],
            Generated = new("runs/demo", "sampled", 200, 64, new string('a', 64), []),
            Real = new("data/fundus", "test", 180, 64, new string('b', 64), [new(HostileFile, "not a PNG: <html>")]),
            Training = new("data/fundus", "train", 900, 64, new string('c', 64), []),
            Warnings = ["200 images are few: intervals are wide", "The grader <own> has seen training images"],
            Features = [Feature("FundusNet", false, 18.4, 0.0061), Feature("Inception", true, 42.7, 0.0173)],
            Variety = new(new(0.412, 0.006, 500), new(0.371, 0.007, 500)),
            Fundus = Fundus(),
            Gradability = Gradability(150, 171, true),
            Memorisation = [Memorisation("FundusNet", 3), Memorisation("pixels", 60)],
            Downstream = new(["healthy", "diseased"], 180, 400,
            [
                new("real", 900, Figure(0.81, 0.05)), new("generated", 200, Figure(0.53, 0.06)), new("both", 1100, Figure(0.83, 0.05)),
            ]),
            Classes = new(
                "FundusNet", ["healthy", "diseased"], new([[80, 10], [30, 60]], Figure(0.78, 0.04)) { RankCorrelation = 0.57 },
                new([[70, 30], [40, 60]], Figure(0.65, 0.05)) { RankCorrelation = 0.3 }),
            TwoSample = new()
            {
                Generated = new(84, 87, 90),
                Real = new(24, 22, 45),
                Steps = 300,
                Side = 64,
                IsByPerson = true,
                GeneratedOdds = [.. Enumerable.Range(0, 90).Select(k => (k * 0.1) - 0.5)],
                RealOdds = [.. Enumerable.Range(0, 90).Select(k => 0.3 - (k * 0.1))],
                Asked = [.. Enumerable.Range(0, 90).Select(k => 2 * k)],
            },
            Omissions = [new("KID", "No Inception network was given; fovea evaluate --network <file> would give it.")],
            Pictures = new(picture, picture, picture, picture),
            Seconds = 75.25,
        };

    /// <summary>Nothing measured that may be missing, and no image of any set.</summary>
    public static EvaluationResult Bare() =>
        Full() with
        {
            Settings = [],
            Generated = new("", "", 0, 0, "", []),
            Real = new("", "", 0, 0, "", []),
            Training = null,
            Warnings = [],
            Features = [],
            Variety = null,
            Fundus = new([], [], [], [], [], [], []),
            Gradability = null,
            Memorisation = [],
            Downstream = null,
            Classes = null,
            TwoSample = null,
            Omissions = [],
        };

    public static GradabilityJudgement Gradability(int generated, int real, bool? outside) =>
        new()
        {
            Grader = "FundusGrader",
            GraderHash = new string('d', 64),
            GraderSide = 128,
            IsOutside = outside,
            OutsideReason = "none of its images is among the training images",
            Generated = new("generated", generated - 20, 30, 170 - generated + 20, generated),
            Real = new("real", real - 5, 6, 179 - real, real),
            Reconstructed = new("reconstructed", 160, 10, 10, 168),
            Confusion = new() { Counts = [[88, 9, 1], [7, 51, 6], [1, 5, 40]], Refused = 6, Passed = 3 },
        };

    public static FeatureJudgement Feature(string name, bool inception, double distance, double kernel) =>
        new()
        {
            Network = new(name, new string('e', 64), 256, 96, "RGB, 0 to 1", inception),
            Frechet = Figure(distance, 2.1),
            FrechetLimit = new(
                distance - 5, 0.6, 900, [.. new[] { 60, 80, 100, 140, 180 }.Select(n => new FrechetPoint(n, distance - 5 + (900.0 / n) + (n % 3)))]),
            FrechetFloor = new(90, 9.2, 0.5, [8.8, 9.7]),
            FrechetAtFloor = distance + 5,
            Kernel = Figure(kernel, 0.01),
            KernelFloor = new(0.0002, 0.0009, 0.0003, 90, [0.0001, 0.0003]),
            Precision = Figure(0.82, 0.04),
            Recall = Figure(0.44, 0.06),
            Density = Figure(0.93, 0.08),
            Coverage = Figure(0.71, 0.05),
            ExpectedCoverage = 0.968,
            SupportFloor = new(90, new(0.78, 0.03), new(0.96, 0.01), new(0.31, 0.04), new(0.69, 0.03)),
            GeneratedVariety = new(11.2, 0.08, 500),
            RealVariety = new(13.9, 0.09, 500),
        };

    public static MemorisationJudgement Memorisation(string space, int near)
    {
        double[] heldOut = [.. Enumerable.Range(0, 180).Select(k => 6 + (4 * Math.Sqrt(k / 180.0)))];
        double[] generated = [.. Enumerable.Range(0, 200).Select(k => k < near ? 3 + (k * 0.01) : 7 + (5 * Math.Sqrt(k / 200.0)))];
        CopyShare Share(double percentile) =>
            new(percentile, (int)Math.Round(percentile * 181), 180, 6 + (4 * Math.Sqrt(percentile)), near, 200);
        return new(space, new(
            generated, [.. generated.Select((_, k) => k)], heldOut, Share(0.01), Share(0.05),
            [new(0, 17, 3, 0, 2.5), new(1, 311, 3.01, 0, 4.25), new(2, 4, 3.02, 0)])
        {
            Records = new(
                new(new(9.1, 8.7, 1.046, new(0.98, 1.11)), new(3.2, 6.4, 0.5, new(0.48, 0.9))),
                new(new(0.91, 0.92, 0.989, new(0.97, 1.01)), new(0, 0, null, null))),
            Membership = new(new(0.5 + (near * 0.004), new(0.46 + (near * 0.004), 0.54 + (near * 0.004)), 900, 180), [3, 4, 5, 7], [4, 6, 8]),
        });
    }

    private static FundusJudgement Fundus() =>
        new(
            [
                new("hue", "parts of the circle", null, null, Figure(0.012, 0.004), 0.003, 0.013),
                new("vesselness", "vesselness", 0.0412, 0.0571, Figure(0.016, 0.003), 0.002, 0.016),
                new("vessel share", "share of pixels", 0.081, 0.112, Figure(0.031, 0.006), 0.004, 0.032),
                new("disc contrast", "brightness, 0 to 1", 0.214, 0.219, Figure(0.011, 0.009), 0.008, 0.012),
                new("radial brightness", "brightness, 0 to 1", null, null, new(0.02, null), 0.006, 0.021),
            ],
            [.. Enumerable.Range(0, 36).Select(k => Math.Exp(-k / 2.0) * 0.39)],
            [.. Enumerable.Range(0, 36).Select(k => Math.Exp(-Math.Abs(k - 1) / 2.0) * 0.27)],
            [.. Enumerable.Range(0, 16).Select(k => 0.52 - (0.012 * k))],
            [.. Enumerable.Range(0, 16).Select(k => 0.55 - (0.010 * k) - (k == 0 ? 0.05 : 0))],
            [.. Enumerable.Range(0, 200).Select(k => 0.05 + (0.0003 * k))],
            [.. Enumerable.Range(0, 180).Select(k => 0.07 + (0.0005 * k))]);

    private static Figure Figure(double value, double half) => new(value, new Interval(value - half, value + half));
}
