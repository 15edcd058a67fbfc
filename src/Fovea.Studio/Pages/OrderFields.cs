using System.Globalization;
using System.Xml.Linq;
using Fovea.Core.Errors;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Preparation;
using Fovea.Studio.Work;
using Fovea.Training.Configuration;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Studio.Pages;

/// <summary>The fields of an order that take files: a photograph that images vary, or a mask that they follow.</summary>
internal static class FileFields
{
    /// <summary>The most bytes that the files of an order have together.</summary>
    internal const int MostBytes = 32 << 20;

    /// <summary><see cref="MostBytes"/> in words.</summary>
    internal const string Most = "32 MiB";

    private const string Photograph = "photograph";
    private const string Mask = "mask";
    private const string Strength = "strength";
    private const string Framing = "framing";
    private const double LeastStrength = 0.01;
    private static readonly string s_types = string.Join(',', PictureFiles.Extensions);

    /// <summary>The fields.</summary>
    internal static IEnumerable<XElement> Draw(FormFields form) =>
    [
        form.File(
            Photograph, "Photograph",
            $"none, or a picture to vary, up to {Most}. It stays on this machine and is deleted after the drawing; choose it again for others.",
            s_types, MostBytes),
        form.Input(Strength, "Strength", "how far from the photograph, above 0 to 1; empty for 0.4", "number", ("min", "0.01"), ("max", "1"), ("step", "any")),
        form.Choice(Framing, "Square of the photograph", ["", .. Framings.ByName.Keys.Order(StringComparer.Ordinal)], "the retina's disc"),
        form.File(Mask, "Mask", $"for runs that are told masks, up to {Most}", s_types + ",.gif", MostBytes),
    ];

    /// <summary>An order with the files that came with it, which every model of it takes.</summary>
    /// <exception cref="FieldException">A file gives no picture, is not for these models, or misses.</exception>
    internal static SamplingOrder With(SamplingOrder order, Fields fields, SentFiles sent)
    {
        var (photograph, mask) = (sent.PathOf(Photograph), sent.PathOf(Mask));
        if (photograph is not null && mask is not null)
            throw new FieldException(Mask, "a mask does not go together with a photograph: images for a mask are drawn out of noise");
        if (photograph is null && (fields.Text(Strength) ?? fields.Text(Framing)) is not null)
            throw new FieldException(Photograph, "strength and square are of a photograph: choose one, or leave these fields empty");
        List<string> notes = [];
        if (photograph is not null)
        {
            var source = new PictureSource
            {
                Files = [photograph],
                Strength = fields.Number(Strength, LeastStrength, 1),
                Framing = fields.Text(Framing) is not { } name ? FramingKind.Retina
                    : Framings.ByName.TryGetValue(name, out var framing) ? framing
                    : throw new FieldException(Framing, $"allowed: {string.Join(", ", Framings.ByName.Keys)}"),
            };
            Try(Photograph, order, sent, (_, config) => source.Read(config.Size, notes.Add));
            return order with { Photograph = source, Sent = sent, Notes = [.. notes.Select(sent.NamedAsSent)] };
        }

        if (mask is null) return order;
        Try(Mask, order, sent, (run, config) => new MaskPictures(
            DenoiserFile.MaskNamesOf(run.Denoiser) is { Count: > 0 } names ? names
                : throw new InputException("this model is not told masks (denoiser.mask_conditional = false)"),
            config.Size).Read(mask, notes.Add));
        return order with { Mask = new MaskSource { Path = mask, Count = order.Count }, Sent = sent, Notes = [.. notes.Distinct().Select(sent.NamedAsSent)] };
    }

    /// <summary>How the fields of an order are filled. Files are not: no page can fill in these.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Filled(SamplingOrder order)
    {
        if (order.Photograph?.Strength is { } strength) yield return new(Strength, strength.ToString("R", CultureInfo.InvariantCulture));
        if (order.Photograph is { Framing: not FramingKind.Retina and var framing }) yield return new(Framing, framing.ToName());
    }

    // What the drawing would refuse later is told at the field, by the same readers.
    private static void Try(string field, SamplingOrder order, SentFiles sent, Action<RunFolder, RunConfig> read)
    {
        foreach (var (name, path) in order.Models)
        {
            using var run = RunFolder.Open(path);
            try
            {
                read(run, RunConfigReader.FromFile(run.Config));
            }
            catch (InputException e)
            {
                throw new FieldException(field, order.Models.Count > 1 ? $"{name}: {sent.NamedAsSent(e.Message)}" : sent.NamedAsSent(e.Message));
            }
        }
    }
}

/// <summary>The fields of an order that put circuits on a device.</summary>
internal static class NoiseFields
{
    private const string Device = "noise";
    private const string Scale = "noise-scale";
    private const string Shots = "shots";
    private const int MostScale = 1000;

    /// <summary>The fields.</summary>
    internal static IEnumerable<XElement> Draw(FormFields form) =>
    [
        form.Choice(Device, "Circuits on a device", ["", .. ShippedProfiles.Names], "ideal"),
        form.Input(Scale, "Noise times", $"0 to {MostScale}; empty for 1", "number", ("min", "0"), ("max", $"{MostScale}"), ("step", "any")),
        form.Input(Shots, "Shots", "measurements of each expectation value; empty for exact values", "number", ("min", "1")),
    ];

    /// <summary>An order with what its fields say of a device. Models without circuits beside others stay as they are.</summary>
    /// <exception cref="FieldException">A field breaks a rule, or no model has circuits.</exception>
    internal static SamplingOrder With(SamplingOrder order, Fields fields)
    {
        var (device, scale, shots) = (fields.Text(Device), fields.Number(Scale, 0, MostScale), fields.Integer(Shots, 1, ExecutionOptions.MaxShots));
        if (device is not null && !ShippedProfiles.Names.Contains(device))
            throw new FieldException(Device, $"allowed: {string.Join(", ", ShippedProfiles.Names)}");
        if (device is null && scale is not null) throw new FieldException(Device, "a factor is of a device's noise: choose one, or leave the factor empty");
        if (device is null && shots is null) return order;
        string[] runs = [.. order.Models.Select(model => model.Run).Where(HasCircuits)];
        if (runs.Length == 0) throw new FieldException(device is null ? Shots : Device, "no model here has circuits; it would change nothing");
        return order with { Noise = new(device, scale, shots, runs) };
    }

    /// <summary>How the fields of an order are filled.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Filled(SamplingOrder order)
    {
        if (order.Noise?.Profile is { } profile) yield return new(Device, profile);
        if (order.Noise?.Scale is { } scale) yield return new(Scale, scale.ToString("R", CultureInfo.InvariantCulture));
        if (order.Noise?.Shots is { } shots) yield return new(Shots, shots.ToString(CultureInfo.InvariantCulture));
    }

    private static bool HasCircuits(string run)
    {
        using var folder = RunFolder.Open(run);
        return RunCircuits.Has(RunConfigReader.FromFile(folder.Config));
    }
}
