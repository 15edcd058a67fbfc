using System.Globalization;
using Fovea.Imaging.Framing;
using Fovea.Training.Sampling;

namespace Fovea.Studio.Work;

/// <summary>What is to be drawn. What is null is the run's.</summary>
/// <param name="Models">One or two, with how they are called and what they are.</param>
/// <param name="Class">The class, as of the command; null for all.</param>
/// <param name="Guidance">Guidance scale.</param>
/// <param name="Seed">The seed, the same for all models.</param>
/// <param name="Sampler">The sampler.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Count">Images of each model.</param>
internal sealed record SamplingOrder(
    IReadOnlyList<(string Name, string Run)> Models, string? Class, double? Guidance, int Seed, string? Sampler, int? Steps, int Count)
{
    /// <summary>The photograph that the images are variations of; null to begin from noise.</summary>
    internal PictureSource? Photograph { get; init; }

    /// <summary>The mask that the images follow; null for none.</summary>
    internal MaskSource? Mask { get; init; }

    /// <summary>The files of both, which go when the images are drawn.</summary>
    internal SentFiles? Sent { get; init; }

    /// <summary>What there is to say of these files, a line each.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The most images of an order.</summary>
    internal const int MostCount = 64;

    /// <summary>The most steps of an order.</summary>
    internal const int MostSteps = 250;

    /// <summary>The arguments of the command that draws the images of a model.</summary>
    /// <param name="run">How the command names the model.</param>
    internal IReadOnlyList<string> Arguments(string run)
    {
        List<string> words = ["sample", run, "--count", Number(Count), "--seed", Number(Seed), "--out", "samples"];
        if (Class is not null) words.AddRange(["--class", Class]);
        if (Guidance is { } guidance) words.AddRange(["--guidance", guidance.ToString("R", CultureInfo.InvariantCulture)]);
        if (Sampler is not null) words.AddRange(["--sampler", Sampler]);
        if (Steps is { } steps) words.AddRange(["--steps", Number(steps)]);
        if (Photograph is { } photograph)
        {
            words.AddRange(["--from", Path.GetFileName(photograph.Files[0])]);
            if (photograph.Strength is { } strength) words.AddRange(["--strength", strength.ToString("R", CultureInfo.InvariantCulture)]);
            if (photograph.Framing != FramingKind.Retina) words.AddRange(["--framing", photograph.Framing.ToName()]);
        }

        if (Mask?.Path is { } mask) words.AddRange(["--mask", Path.GetFileName(mask)]);
        return words;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
