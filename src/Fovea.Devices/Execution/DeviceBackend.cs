using System.Globalization;
using System.Numerics;
using Fovea.Core.Errors;
using Fovea.Devices.Compilation;
using Fovea.Devices.Exchange;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.Planning;
using Fovea.Quantum.Shots;

namespace Fovea.Devices.Execution;

/// <summary>
/// Runs circuits as a device would: compiled to its gates and couplings, with its noise, exactly or by finite shots. Exact values come
/// from the trigonometric engine and have gradients, so that networks can be trained under noise.
/// </summary>
public sealed class DeviceBackend : ICircuitBackend
{
    /// <summary>How often entangling gates are repeated for the extrapolation to zero noise.</summary>
    internal static readonly int[] Folds = [1, 3, 5];

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Circuit, int Fold), CompiledCircuit> _compiled = [];

    /// <summary>A backend for a device.</summary>
    /// <param name="profile">The device.</param>
    /// <param name="options">Null for exact values at the device's own noise.</param>
    /// <exception cref="InputException">A setting is out of its range.</exception>
    public DeviceBackend(DeviceProfile profile, ExecutionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        (Profile, Options) = (profile, options ?? new());
        Options.Validate();
    }

    /// <summary>The device.</summary>
    public DeviceProfile Profile { get; }

    /// <summary>How circuits are run.</summary>
    public ExecutionOptions Options { get; }

    /// <summary>A circuit on the device, compiled once.</summary>
    /// <exception cref="InputException">The device cannot run it; one line.</exception>
    public CompiledCircuit Compile(Circuit circuit) => Compile(circuit, fold: 1);

    /// <inheritdoc/>
    /// <exception cref="InputException">The device cannot run the circuit, or no engine computes it with noise; one line.</exception>
    public IExpectationEngine<T> CreateEngine<T>(Circuit circuit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(circuit);
        try
        {
            if (Options.IsIdeal)
                return new EnginePlanner(isDouble: typeof(T) == typeof(double)).Plan(circuit).CreateEngine<T>();
            if (Options.Mitigation != Mitigation.ZeroNoise)
                return Engine<T>(circuit, fold: 1);
            var coefficients = ZeroNoiseExtrapolation.Richardson([.. Folds.Select(fold => (double)fold)]);
            return new CombinedEngine<T>([.. Folds.Select(fold => Engine<T>(circuit, fold))], coefficients);
        }
        catch (NotSupportedException e)
        {
            throw new InputException($"device {Profile.Name}: {e.Message}", e);
        }
    }

    private IExpectationEngine<T> Engine<T>(Circuit circuit, int fold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Without noise the outcomes are those of the circuit itself.
        var noisy = Options.NoiseScale == 0 ? new NoisyCircuit(circuit, []) : Compile(circuit, fold).Noisy;
        var mitigates = Options.Mitigation == Mitigation.Readout;
        if (mitigates && noisy.Readout.Any(error => error.IsBlind))
            throw new NotSupportedException("readout mitigation cannot invert a readout that is wrong half of the time");
        if (Options.Shots is { } shots)
            return new ShotEngine<T>(noisy, new ShotOptions(shots, Options.Seed + (ulong)(fold - 1), mitigates));
        // The inverse of a known confusion takes exact values back to those of a perfect readout.
        return new TrigonometricEngine<T>(mitigates ? new NoisyCircuit(noisy.Circuit, noisy.Channels) : noisy);
    }

    /// <summary>A circuit on the device with its entangling gates folded, compiled once.</summary>
    internal CompiledCircuit Compile(Circuit circuit, int fold)
    {
        var key = (circuit.ToString(), fold);
        // Networks on several threads share a device.
        lock (_lock)
        {
            if (!_compiled.TryGetValue(key, out var compiled))
            {
                var options = new CompilationOptions { FoldingFactor = fold, NoiseScale = Options.NoiseScale };
                _compiled[key] = compiled = new DeviceCompiler(Profile, options).Compile(circuit);
            }

            return compiled;
        }
    }
}

/// <summary>Gives a circuit from a file the values that it needs to run.</summary>
public static class BoundCircuit
{
    private const int MostNames = 16;

    /// <summary>The circuit with every angle a constant.</summary>
    /// <param name="document">The file's circuit; its own values of inputs stand in where none are given.</param>
    /// <param name="inputs">Values of the inputs, or null.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">The number of values does not fit, or a value is missing or not finite; one line.</exception>
    public static Circuit Bind(CircuitDocument document, IReadOnlyList<double>? inputs, string path)
    {
        ArgumentNullException.ThrowIfNull(document);
        var (circuit, export) = document;
        var values = inputs ?? export.Inputs ?? [];
        if (values.Count != circuit.InputCount)
            throw new InputException($"{path}: {new NamedInput("Inputs")} gives {values.Count} value(s), {Needs(document)}");
        if (circuit.WeightCount > 0 && export.Weights is null)
            throw new InputException($"{path}: its {circuit.WeightCount} weight(s) have no values; they go into the file under weights.values");
        try
        {
            return CircuitBinding.Bind(circuit, [.. values], [.. export.Weights ?? []]);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Numbers with commas between them.</summary>
    /// <exception cref="InputException">One is no finite number.</exception>
    public static double[] ParseInputs(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Number)];
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw new InputException($"{new NamedInput("Inputs")}: '{text}' is not a finite number; allowed: numbers with commas between them, like 0.1,-2.5");

    private static string Needs(CircuitDocument document)
    {
        var count = document.Circuit.InputCount;
        if (count == 0)
            return "the circuit has no inputs";
        var names = Enumerable.Range(0, Math.Min(count, MostNames)).Select(k => document.Export.InputNames?[k] ?? $"x{k}");
        return $"the circuit has {count} input(s): {string.Join(", ", names)}{(count > MostNames ? ", …" : "")}";
    }
}
