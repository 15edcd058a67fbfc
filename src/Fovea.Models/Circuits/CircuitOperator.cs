using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;
using Fovea.Torch.Autograd;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// A circuit as one node of the autograd graph: expectation values forward, vector-Jacobian product back. With several sets of weights
/// the rows are parted into as many equal pieces, one after the other, and each piece has its set and is one call of the engine.
/// </summary>
internal sealed class CircuitOperator : SpanOperator
{
    private readonly EngineKind? _only;
    private readonly int _sets;
    private object? _engine;
    private object? _backendEngines;

    internal CircuitOperator(Circuit circuit, EngineKind? only = null, int sets = 1)
    {
        (Circuit, _only, _sets) = (circuit, only, sets);
        Plan = new EnginePlanner().Plan(circuit, only);
    }

    /// <inheritdoc />
    public override int InputWidth => Circuit.InputCount;

    /// <inheritdoc />
    public override int WeightCount => _sets * Circuit.WeightCount;

    /// <inheritdoc />
    public override int OutputWidth => Circuit.Observables.Length;

    internal Circuit Circuit { get; }

    /// <summary>
    /// How single precision is computed: planned for the planner's own batch size and fixed costs, not for what the first call
    /// brings, so that a resumed run computes the same bits.
    /// </summary>
    internal EnginePlan Plan { get; }

    internal long CircuitsEvaluated { get; private set; }

    /// <summary>
    /// What computes the circuit in place of the planned engine; null for that engine. Its engines are kept until it changes, one for each set of
    /// weights: what an engine works out once for its weights, as distributions of outcomes, would else be lost to the next set.
    /// </summary>
    internal ICircuitBackend? Backend
    {
        get;
        set
        {
            if (field != value) _backendEngines = null; // megabytes, where they hold distributions
            field = value;
        }
    }

    /// <inheritdoc />
    protected override object? Forward<T>(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> outputs)
    {
        CircuitsEvaluated += outputs.Length / OutputWidth;
        // A network that diverges is found by its loss: the engine's own refusal would hide which step it was.
        if (!IsFinite(inputs) || !IsFinite(weights))
        {
            outputs.Fill(T.NaN);
            return null;
        }

        for (var set = 0; set < _sets; set++)
            Engine<T>(set).Forward(inputs[Piece(inputs.Length, set)], weights[Piece(weights.Length, set)], outputs[Piece(outputs.Length, set)]);
        return null;
    }

    /// <inheritdoc />
    protected override void Backward<T>(
        object? saved, ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients)
    {
        if (IsFinite(inputs) && IsFinite(weights))
        {
            // Engines compute both gradients; the node gives no room for those of frozen weights or of fixed inputs.
            var dx = OrScratch(inputGradients, inputs.Length);
            var dw = OrScratch(weightGradients, weights.Length);
            for (var set = 0; set < _sets; set++)
            {
                var (rows, own) = (Piece(inputs.Length, set), Piece(weights.Length, set));
                Engine<T>(set).VectorJacobianProduct(inputs[rows], weights[own], cotangents[Piece(cotangents.Length, set)], dx[rows], dw[own]);
            }

            return;
        }

        inputGradients.Fill(T.NaN);
        weightGradients.Fill(T.NaN);
    }

    private Range Piece(int length, int set) => (length / _sets * set)..(length / _sets * (set + 1));

    private static Span<T> OrScratch<T>(Span<T> gradients, int length) => gradients.IsEmpty ? new T[length] : gradients;

    private static bool IsFinite<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        NonFinite.IndexOf(values) < 0;

    // The engine runs inside a step of the tensor library, whose own threads are idle meanwhile: it may use as many.
    private IExpectationEngine<T> Engine<T>(int set) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var engine = Backend is { } backend ? BackendEngines<T>(backend)[set] : IdealEngine<T>();
        engine.Threads = get_num_threads();
        return engine;
    }

    private IExpectationEngine<T>[] BackendEngines<T>(ICircuitBackend backend) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_backendEngines is IExpectationEngine<T>[] known) return known;
        var engines = new IExpectationEngine<T>[_sets];
        for (var set = 0; set < _sets; set++)
            engines[set] = backend.CreateEngine<T>(Circuit);
        _backendEngines = engines;
        return engines;
    }

    private IExpectationEngine<T> IdealEngine<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_engine is IExpectationEngine<T> known) return known;
        var plan = typeof(T) == typeof(double) ? new EnginePlanner(isDouble: true).Plan(Circuit, _only) : Plan;
        var engine = plan.CreateEngine<T>();
        _engine = engine;
        return engine;
    }
}
