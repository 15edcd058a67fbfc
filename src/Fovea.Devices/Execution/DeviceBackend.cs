using System.Numerics;
using Fovea.Core.Errors;
using Fovea.Devices.Compilation;
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
        if (Options.Shots is { } shots)
            return new ShotEngine<T>(noisy, new ShotOptions(shots, Options.Seed + (ulong)(fold - 1), mitigates));
        // The inverse of a known confusion takes exact values back to those of a perfect readout.
        return new TrigonometricEngine<T>(mitigates ? noisy.WithReadoutInverted() : noisy);
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
