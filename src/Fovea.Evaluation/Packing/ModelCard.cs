using System.Globalization;
using System.Text;
using Fovea.Evaluation.Reports;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;
using Fovea.Training.Configuration;
using static System.FormattableString;

namespace Fovea.Evaluation.Packing;

/// <summary>A model's card in Markdown: what it is, what it learnt from, what was measured, what it is not.</summary>
internal static class ModelCard
{
    public static string Text(ModelCardFigures figures)
    {
        var (config, sizes) = (figures.Config, figures.Sizes);
        var text = new StringBuilder();
        text.AppendLine(Invariant($"# {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(figures.Request.Output)))}"));
        text.AppendLine();
        text.AppendLine(Invariant($"Draws images of {config.Size} px by latent diffusion. `fovea sample` takes this folder as it does a run's."));
        text.AppendLine();
        text.AppendLine(Invariant($"![the first images of seed {figures.Request.Seed}]({ModelPacker.PictureName})"));
        text.AppendLine();
        text.AppendLine("| network | parameters | in circuits | quantum layers | optimizer steps of the last training |");
        text.AppendLine("| --- | --- | --- | --- | --- |");
        text.AppendLine(Row("autoencoder", sizes.Autoencoder, sizes.AutoencoderSteps));
        text.AppendLine(Row("denoiser", sizes.Denoiser, sizes.DenoiserSteps));
        text.AppendLine();
        text.AppendLine("Weights are float16, exponential averages of the trained ones. All settings: `config.toml`.");
        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"**Learnt from** {figures.Dataset.IndicesOf(Split.Train).Count:N0} images, `{figures.Dataset.ContentHash}`. "
                + $"No image is in this folder.");
        text.AppendLine();
        AppendMeasured(text, figures);
        text.AppendLine();
        text.AppendLine("**What it is not.** No medical device. Its images are of nobody and show no finding that anyone could rely on.");
        text.AppendLine("That no image lies near a training image by these measures does not prove that nothing of one can be drawn out of the weights.");
        return text.ToString();
    }

    private static void AppendMeasured(StringBuilder text, ModelCardFigures figures)
    {
        var request = figures.Request;
        var outside = figures.IsGraderOutside switch
        {
            true => "an outside judge",
            false => "no outside judge: it knows training images",
            null => "whether an outside judge is not known",
        };
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"**Measured** on {request.Count:N0} images of these weights (seed {request.Seed}) beside {figures.RealImages:N0} "
                + $"held-out ones. Intervals: 95 %, over images.");
        text.AppendLine();
        text.AppendLine("| | generated | real |");
        text.AppendLine("| --- | --- | --- |");
        if (figures is { Judgement.Gradability: { } gradable, Real: { } real })
            text.AppendLine(Invariant($"| gradable by {figures.Grader}, {outside} | {Share(gradable)} | {Share(real)} |"));
        foreach (var features in figures.Judgement.Features)
        {
            text.AppendLine(Invariant($"| {features.Network.FrechetName} | {Numbers.Text(features.Frechet)} | |"));
            text.AppendLine(
                Invariant($"| precision, recall by {features.Network.Name} | {Numbers.Text(features.Precision)}, {Numbers.Text(features.Recall)} | |"));
        }

        foreach (var (space, report) in figures.Judgement.Memorisation)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| as near to a training image as {Numbers.Percentile(report.BelowFifth.Expected)} of held-out ones, by {space} | "
                    + $"{MemorisationWords.Share(report.BelowFifth)} | {Numbers.Percentile(report.BelowFifth.Expected)} |");
        }

        foreach (var (space, report) in figures.Judgement.Memorisation)
        {
            if (report.Membership is { Area: { } area })
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"| training images told from held-out ones by {space}, "
                        + $"area under the ROC curve | {MemorisationWords.Area(area)} | 0.5 where nothing leaks |");
            }
        }
    }

    private static string Share(GradableRate rate) => Numbers.Share(rate.Share.Value, rate.Share.Interval);

    private static string Row(string name, ParameterReport size, long steps) =>
        Invariant($"| {name} | {size.Total:N0} | {size.Quantum:N0} | {size.QuantumLayers} | {steps:N0} |");
}

/// <summary>What a card says.</summary>
/// <param name="Config">The run's settings.</param>
/// <param name="Sizes">Its networks.</param>
/// <param name="Dataset">What it was trained on.</param>
/// <param name="Request">How the check was made.</param>
/// <param name="Judgement">What was found on images of the rounded weights.</param>
/// <param name="RealImages">The number of real images.</param>
/// <param name="Real">Gradability of the held-out photographs.</param>
/// <param name="Grader">The grader's name.</param>
/// <param name="IsGraderOutside">Whether the grader knows none of the training images; null when that cannot be told.</param>
internal sealed record ModelCardFigures(
    RunConfig Config,
    ModelSizes Sizes,
    ImageDataset Dataset,
    PackRequest Request,
    SetJudgement Judgement,
    int RealImages,
    GradableRate? Real,
    string? Grader,
    bool? IsGraderOutside);

/// <summary>How large the networks of a model are and how long they were trained.</summary>
/// <param name="Autoencoder">The autoencoder's parameters.</param>
/// <param name="Denoiser">The denoiser's.</param>
/// <param name="AutoencoderSteps">Optimizer steps of the autoencoder.</param>
/// <param name="DenoiserSteps">Optimizer steps of the denoiser.</param>
internal sealed record ModelSizes(ParameterReport Autoencoder, ParameterReport Denoiser, long AutoencoderSteps, long DenoiserSteps)
{
    public static ModelSizes Count(Autoencoder autoencoder, UNet denoiser, long autoencoderSteps, long denoiserSteps) =>
        new(ParameterReport.Count(autoencoder), ParameterReport.Count(denoiser), autoencoderSteps, denoiserSteps);
}
