using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Imaging.Framing;
using Fovea.Training.Layers;
using Fovea.Training.Sampling;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea sample RUN --count N --out DIR</c></summary>
internal static class SampleCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.Run();
        var count = new Option<int>("--count") { Description = "Number of images.", DefaultValueFactory = _ => 16 };
        var output = CommonOptions.Out("Where the PNG files and the grid go.", "samples");
        var force = CommonOptions.Force();
        var seed = CommonOptions.Seed();
        var batch = new Option<int>("--batch") { Description = "Images sampled together, on each core.", DefaultValueFactory = _ => 16 };
        var sampler = new Option<string?>("--sampler") { Description = $"{string.Join(", ", SampleRequest.Samplers)}; default: the run's." }
            .Suggest(() => SampleRequest.Samplers);
        var steps = new Option<int?>("--steps") { Description = "Sampling steps; default: the run's." };
        var eta = new Option<double>("--eta") { Description = "Noise of DDIM: 0 deterministic, 1 ancestral.", DefaultValueFactory = _ => 0 };
        var label = new Option<string?>("--class")
        {
            Description = "Class by its name, or by its place as #0; none for images of no class; "
                + "default: all classes by their training images.",
        };
        var guidance = new Option<double?>("--guidance") { Description = "Classifier-free guidance scale; default: the run's." };
        var (interval, attention, attentionInterval) = (
            CommonOptions.GuidanceInterval(), CommonOptions.AttentionGuidance(), CommonOptions.AttentionInterval());
        var threads = CommonOptions.ThreadsOr("the run's");
        var (device, execution, pictures, masks) = (CommonOptions.Device(), new ExecutionSettings(), new PictureOptions(count, label), new MaskOptions(count));
        var command = new Command("sample", "Draw images from a trained run, out of noise, from pictures or for masks.")
        {
            run, count, output, force, seed, batch, sampler, steps, eta, label, guidance, interval, attention,
            attentionInterval, threads, device,
        };
        pictures.AddTo(command);
        masks.AddTo(command);
        execution.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
            "the images drawn so far are kept",
            work =>
            {
                var (source, drawnFor) = (pictures.Read(parsed), masks.Read(parsed));
                if (source is not null && drawnFor is not null)
                    throw new InputException("--mask does not go together with pictures to begin from: images for a mask are drawn out of noise");
                var request = new SampleRequest
                {
                    Count = pictures.Count(parsed),
                    Seed = parsed.GetValue(seed),
                    Batch = parsed.GetValue(batch),
                    Sampler = parsed.GetValue(sampler),
                    Steps = parsed.GetValue(steps),
                    Eta = parsed.GetValue(eta),
                    Guidance = parsed.GetValue(guidance),
                    AttentionGuidance = parsed.GetValue(attention),
                    AttentionInterval = parsed.GetValue(attentionInterval) is [var from, var to] ? new(from, to) : null,
                    GuidanceInterval = parsed.GetValue(interval) is [var low, var high] ? new(low, high) : null,
                    MaskGuidance = masks.Guidance(parsed),
                    Device = parsed.GetValue(device),
                    Threads = parsed.GetValue(threads),
                    Progress = work.Progress,
                };
                var noisy = execution.Backend(parsed, request.Seed, work.Announce);
                var circuits = noisy is null ? null : new LayerNoise(noisy);
                return SamplingRun.Execute(
                    parsed.GetValue(run)!, parsed.GetValue(output)!, parsed.GetValue(force), pictures.Class(parsed), request, circuits, source, work.Announce,
                    drawnFor, work.Cancellation);
            },
            drawn => Console.WriteLine($"{drawn} {(drawn == 1 ? "image" : "images")}: {parsed.GetValue(output)}")));
        return command;
    }
}

/// <summary>The options of <c>fovea sample</c> that draw for masks.</summary>
internal sealed class MaskOptions(Option<int> count)
{
    private readonly Option<string?> _mask = CommonOptions.NotEmpty(
        new Option<string?>("--mask")
        {
            Description = "A mask, or a folder of them, that images follow; of a folder one image for each, or --count.",
            HelpName = "FILE|DIR",
        });

    private readonly Option<double?> _guidance =
        new("--mask-guidance") { Description = "How strongly images follow the mask, 0 to 100; default: 1, as it was trained." };

    internal void AddTo(Command command)
    {
        command.Add(_mask);
        command.Add(_guidance);
    }

    internal double? Guidance(ParseResult parsed) => parsed.GetValue(_guidance);

    /// <summary>The masks; null where none were asked for.</summary>
    /// <exception cref="InputException">A guidance without masks.</exception>
    internal MaskSource? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_mask) is not { } path) return parsed.GetValue(_guidance) is null ? null : throw new InputException("--mask-guidance needs --mask");
        var isCounted = parsed.GetResult(count) is { Implicit: false };
        return new MaskSource { Path = path, Count = isCounted || !Directory.Exists(path) ? parsed.GetValue(count) : null };
    }
}

/// <summary>The options of <c>fovea sample</c> that draw from pictures, and what they say of the others.</summary>
internal sealed class PictureOptions(Option<int> count, Option<string?> label)
{
    private const int MostFrames = 1000;

    private readonly Option<string?> _from = CommonOptions.NotEmpty(
        new Option<string?>("--from") { Description = "A picture to begin from: variations of it.", HelpName = "IMAGE" });
    private readonly Option<double?> _strength = new("--strength")
    {
        Description = "How far images may go from the picture, above 0 and up to 1; default: 0.4, for --between 0.6, "
            + "--edit 0.7, --keep 1.",
    };
    private readonly Option<string?> _keep = CommonOptions.NotEmpty(
        new Option<string?>("--keep") { Description = "A mask of the picture, of its size: what is white stays, the rest is filled in.", HelpName = "MASK" });
    private readonly Option<bool> _paste =
        new("--paste") { Description = "Take what stays from the picture itself, not from what the autoencoder makes of it." };
    private readonly Option<string?> _edit = CommonOptions.NotEmpty(
        new Option<string?>("--edit")
        {
            Description = "Give the picture another class, by its name or place: the noise that leads to it, drawn anew.",
            HelpName = "CLASS",
        });
    private readonly Option<string[]> _between = new("--between")
    {
        Description = "Two pictures: images on the way from one to the other.",
        HelpName = "A B",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<int> _frames = CommonOptions.WholeNumber("--frames", "Images on the way, both ends included.", 9, 2, MostFrames);
    private readonly Option<FramingKind> _framing = CommonOptions.Choice(
        "--framing", "The square of a picture that the run's images show, as in prepare", Framings.ByName);

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _strength, _keep, _paste, _edit, _between, _frames, _framing }) command.Add(option);
    }

    /// <summary>How many images are drawn: those of <c>--between</c>, one for <c>--edit</c>, else as many as were asked for.</summary>
    internal int Count(ParseResult parsed) => Given(parsed, _between) ? parsed.GetValue(_frames) : Given(parsed, _edit) ? 1 : parsed.GetValue(count);

    /// <summary>The class that was asked for.</summary>
    internal string? Class(ParseResult parsed) => parsed.GetValue(_edit) ?? parsed.GetValue(label);

    /// <summary>The pictures; null where images are drawn out of noise.</summary>
    /// <exception cref="InputException">Options do not go together.</exception>
    internal PictureSource? Read(ParseResult parsed)
    {
        var (from, between) = (parsed.GetValue(_from), Given(parsed, _between) ? parsed.GetValue(_between)! : []);
        Exclude(parsed, _from, _between, "a picture to begin from, or two to go between");
        Exclude(parsed, _edit, label, "the class is that of --edit");
        Exclude(parsed, _edit, count, "an edit is one image");
        Exclude(parsed, _between, count, "their number is that of --frames");
        foreach (var option in new Option[] { _keep, _edit }) Require(parsed, option, _from);
        Require(parsed, _paste, _keep);
        Require(parsed, _frames, _between);
        foreach (var option in new Option[] { _strength, _framing }) Require(parsed, option, _from, _between);
        if (from is null && between.Length == 0) return null;
        return new PictureSource
        {
            Files = from is null ? between : [from],
            Strength = parsed.GetValue(_strength),
            Mask = parsed.GetValue(_keep),
            Paste = parsed.GetValue(_paste),
            IsEdit = Given(parsed, _edit),
            Framing = Given(parsed, _framing) ? parsed.GetValue(_framing) : FramingKind.Retina,
        };
    }

    private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static void Exclude(ParseResult parsed, Option one, Option other, string why)
    {
        if (Given(parsed, one) && Given(parsed, other)) throw new InputException($"{one.Name} and {other.Name} do not go together: {why}");
    }

    private static void Require(ParseResult parsed, Option option, params Option[] others)
    {
        if (Given(parsed, option) && !others.Any(other => Given(parsed, other)))
            throw new InputException($"{option.Name} needs {string.Join(" or ", others.Select(other => other.Name))}");
    }
}
