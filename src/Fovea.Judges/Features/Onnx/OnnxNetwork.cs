using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Training.Configuration;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Judges.Features.Onnx;

/// <summary>A user's network from an ONNX file: one input of colour images, one output of numbers an image.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const int Channels = 3;
    private const int Batch = 16;
    private readonly InferenceSession _session;
    private readonly string _path;
    private readonly string _inputName;
    private readonly string _outputName;
    private readonly bool _channelsLast;
    private readonly int _batch;

    private OnnxNetwork(InferenceSession session, string path, OnnxInput input)
    {
        (_session, _path, Input) = (session, path, input);
        (_inputName, var shape) = OnlyInput();
        _channelsLast = ChannelsLast(shape);
        _batch = shape[0] > 0 ? shape[0] : Batch;
        _outputName = ChosenOutput();
        Dimensions = Run(new float[_batch * Channels * input.Side * input.Side], _batch).Length / _batch;
    }

    /// <summary>How pixels are put to it.</summary>
    public OnnxInput Input { get; }

    /// <summary>Numbers an image.</summary>
    public int Dimensions { get; }

    /// <summary>SHA-256 of the network's file, of the files that hold its weights, and of how pixels are put to it: another way makes other outputs.</summary>
    /// <param name="path">The ONNX file, with <see cref="OnnxInput"/> beside it.</param>
    /// <exception cref="InputException">What stands beside it is missing or breaks a rule.</exception>
    public static string HashOf(string path)
    {
        string[] parts = [FileHash.Compute(path), OnnxInput.Beside(path).Content, .. OnnxExternalData.FilesOf(path).Select(FileHash.Compute)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    /// <summary>Whether a file is taken for an ONNX network.</summary>
    public static bool IsMeantBy(string path) => Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a network and runs it once.</summary>
    /// <param name="path">The ONNX file, with <see cref="OnnxInput"/> beside it.</param>
    /// <param name="threads">Threads; 0 for all cores.</param>
    /// <exception cref="InputException">The file is no network, or takes or gives something else.</exception>
    public static OnnxNetwork Open(string path, int threads)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file (an ONNX network)");
        var input = OnnxInput.Beside(path);
        OnnxLibrary.Quieten();
        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            session = new InferenceSession(path, options);
            return new OnnxNetwork(session, path, input);
        }
        catch (Exception e)
        {
            session?.Dispose();
            if (e is OnnxRuntimeException) throw new InputException($"{path}: cannot be run as a network ({e.Message.ReplaceLineEndings(" ")})", e);
            throw;
        }
    }

    /// <summary>Outputs [count · dimensions] for images of the input's side, 8-bit RGB rows.</summary>
    public float[] Run(IReadOnlyList<byte[]> images, CancellationToken cancellation)
    {
        var outputs = new float[images.Count * Dimensions];
        for (var first = 0; first < images.Count; first += _batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(_batch, images.Count - first);
            // A network with a fixed batch gets black images in the places that are left over.
            var values = new float[_batch * Channels * Input.Side * Input.Side];
            for (var k = 0; k < count; k++) Fill(images[first + k], values.AsSpan(k * Channels * Input.Side * Input.Side));
            Run(values, _batch).AsSpan(0, count * Dimensions).CopyTo(outputs.AsSpan(first * Dimensions));
        }

        return outputs;
    }

    /// <inheritdoc />
    public void Dispose() => _session.Dispose();

    private float[] Run(float[] values, int count)
    {
        long[] shape = _channelsLast ? [count, Input.Side, Input.Side, Channels] : [count, Channels, Input.Side, Input.Side];
        using var value = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new Microsoft.ML.OnnxRuntime.RunOptions();
        try
        {
            using var results = _session.Run(options, [_inputName], [value], [_outputName]);
            return Output(results[0], count);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException($"{_path}: cannot take images of {Input.Side}×{Input.Side} pixels ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    private float[] Output(OrtValue result, int count)
    {
        var info = result.GetTensorTypeAndShape();
        // [batch, d], with sides of 1 behind it or not; a map would leave it open which features are meant.
        if (info.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
            || info.Shape.Length < 2
            || info.Shape[0] != count
            || info.Shape[2..].Any(side => side != 1))
        {
            throw new InputException(
                $"{_path}: output '{_outputName}' is {info.ElementDataType} [{string.Join(", ", info.Shape)}]; allowed: float [batch, "
                    + "features], or with sides of 1 behind");
        }

        return result.GetTensorDataAsSpan<float>().ToArray();
    }

    private void Fill(byte[] rgb, Span<float> values)
    {
        var area = Input.Side * Input.Side;
        for (var at = 0; at < area; at++)
        {
            for (var colour = 0; colour < Channels; colour++)
            {
                var scaled = Input.Range.Black + (rgb[(3 * at) + colour] / 255.0 * (Input.Range.White - Input.Range.Black));
                var channel = Input.IsBlueFirst ? Channels - 1 - colour : colour;
                values[_channelsLast ? (Channels * at) + channel : (channel * area) + at] = (float)((scaled - Input.Mean[colour]) / Input.Std[colour]);
            }
        }
    }

    private (string Name, int[] Shape) OnlyInput()
    {
        var inputs = _session.InputMetadata;
        if (inputs.Count != 1) throw new InputException($"{_path}: has {inputs.Count} inputs ({string.Join(", ", inputs.Keys)}); allowed: one, of images");
        var (name, metadata) = inputs.First();
        if (metadata.ElementType != typeof(float) || metadata.Dimensions.Length != 4)
        {
            throw new InputException(
                $"{_path}: input '{name}' is {metadata.ElementType.Name} [{string.Join(", ", metadata.Dimensions)}]; allowed: float [batch, 3, height, "
                    + "width] or [batch, height, width, 3]");
        }

        return (name, metadata.Dimensions);
    }

    private bool ChannelsLast(int[] shape)
    {
        var last = shape[1] != Channels && shape[3] == Channels;
        int[] sides = last ? shape[1..3] : shape[2..4];
        var isColour = last || shape[1] == Channels || shape[1] < 0;
        if (!isColour || sides.Any(side => side > 0 && side != Input.Side))
        {
            throw new InputException(
                $"{_path}: its input is [{string.Join(", ", shape)}]; size {Input.Side} of its .toml does not fit: allowed: [batch, 3, size, "
                    + "size] or [batch, size, size, 3]");
        }

        return last;
    }

    private string ChosenOutput()
    {
        var names = _session.OutputMetadata.Keys.ToArray();
        if (Input.Output is { } wanted)
        {
            return names.Contains(wanted)
                ? wanted
                : throw new InputException($"{_path}: has no output '{wanted}'{NearestName.Hint(wanted, names)}; allowed: {string.Join(", ", names)}");
        }

        return names.Length == 1
            ? names[0]
            : throw new InputException($"{_path}: has {names.Length} outputs; name one in its .toml as output = \"…\": {string.Join(", ", names)}");
    }
}

/// <summary>How pixels are put to a user's network: what an ONNX file itself does not say. It stands beside the network as <c>FILE.onnx.toml</c>.</summary>
public sealed record OnnxInput
{
    private const int MostSide = 2048;
    private const double MostValue = 1e6;

    /// <summary>The network's name in results; empty for the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the input in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>The values that 0 and 255 become.</summary>
    public required (double Black, double White) Range { get; init; }

    /// <summary>What is subtracted from red, green and blue after that.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>What red, green and blue are divided by after that.</summary>
    public required IReadOnlyList<double> Std { get; init; }

    /// <summary>Whether blue comes first.</summary>
    public required bool IsBlueFirst { get; init; }

    /// <summary>The output to take; null for the only one.</summary>
    public string? Output { get; init; }

    /// <summary>Whether this is the Inception network with the weights that FID is defined on.</summary>
    public required bool IsInception { get; init; }

    /// <summary>The convention in words.</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsBlueFirst ? "blue, green, red" : "red, green, blue")} from {Range.Black:G4} to {Range.White:G4}, less ({Plain(Mean)}), "
            + $"over ({Plain(Std)})");

    private static string Plain(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>All that the file says, each number to its last digit: two texts are equal only where the outputs and their names are.</summary>
    internal string Content => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}\n{Side}\n{Range.Black:R} {Range.White:R}\n{Numbers(Mean)}\n{Numbers(Std)}\n{IsBlueFirst}\n{Output}\n{IsInception}");

    /// <summary>Reads the file beside a network.</summary>
    /// <param name="network">The ONNX file.</param>
    /// <exception cref="InputException">It is missing or breaks a rule.</exception>
    public static OnnxInput Beside(string network)
    {
        var path = network + ".toml";
        if (!File.Exists(path))
            throw new InputException($"{path}: missing; it says how pixels are put to the network, for instance: size = 299, range = [-1, 1], order = \"RGB\"");
        var settings = new SettingsReader(File.ReadAllText(path), path, []);
        var range = settings.RealList("range", [0, 1], -MostValue, MostValue);
        var input = new OnnxInput
        {
            Name = settings.Text("name", ""),
            Side = settings.WholeNumber("size", 0, 1, MostSide),
            Range = (range[0], range[1]),
            Mean = settings.RealList("mean", [0, 0, 0], -MostValue, MostValue),
            Std = settings.RealList("std", [1, 1, 1], 1e-6, MostValue),
            IsBlueFirst = settings.Text("order", "RGB", ["RGB", "BGR"]) == "BGR",
            Output = settings.OptionalText("output"),
            IsInception = settings.Flag("fid_inception", false),
        };
        settings.RequireAllKnown();
        return input;
    }

    private static string Numbers(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
