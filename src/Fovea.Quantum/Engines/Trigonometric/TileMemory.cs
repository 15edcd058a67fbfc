using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>The scratch memory of one worker. Arrays of "tiles" hold <see cref="TileKernel{TLanes, T}.Width"/> registers an entry.</summary>
internal sealed unsafe class TileMemory<TLanes>
    where TLanes : unmanaged
{
    private readonly LaneMemory<TLanes> _memory;

    /// <summary>Allocates for a plan.</summary>
    public TileMemory(TrigonometricPlan plan, int width, int turns, bool forGradients)
    {
        var (inputs, outputs, terms) = (plan.Circuit.InputCount, plan.Circuit.Observables.Length, plan.TermFeatures.Count);
        long tiles = (2L * plan.FeatureCount) + (2L * inputs) + outputs + (2L * turns) + 1;
        _memory = new((tiles * width) + terms + turns);
        ForGradients = forGradients;
        Features = _memory.Take((long)plan.FeatureCount * width);
        Inputs = _memory.Take((long)inputs * width);
        Outputs = _memory.Take((long)outputs * width);
        Sines = _memory.Take((long)turns * width);
        Cosines = _memory.Take((long)turns * width);
        Angles = _memory.Take(width);
        if (!forGradients)
            return;
        FeatureCotangents = _memory.Take((long)plan.FeatureCount * width);
        InputGradients = _memory.Take((long)inputs * width);
        TermGradients = _memory.Take(terms);
        TurnGradients = _memory.Take(turns);
    }

    /// <summary>Whether the gradient members are there.</summary>
    public bool ForGradients { get; }

    /// <summary>[feature] tiles.</summary>
    public TLanes* Features { get; }

    /// <summary>[input] tiles.</summary>
    public TLanes* Inputs { get; }

    /// <summary>[output] tiles: expectation values, or in a gradient their cotangents.</summary>
    public TLanes* Outputs { get; }

    /// <summary>[turn] tiles.</summary>
    public TLanes* Sines { get; }

    /// <summary>[turn] tiles.</summary>
    public TLanes* Cosines { get; }

    /// <summary>One tile of angles.</summary>
    public TLanes* Angles { get; }

    /// <summary>[feature] tiles: ∂L/∂feature.</summary>
    public TLanes* FeatureCotangents { get; }

    /// <summary>[input] tiles.</summary>
    public TLanes* InputGradients { get; }

    /// <summary>[term] registers: ∂L/∂coefficient, summed over the tiles of a chunk.</summary>
    public TLanes* TermGradients { get; }

    /// <summary>[turn] registers: ∂L/∂α of turns by weights, summed over the tiles of a chunk.</summary>
    public TLanes* TurnGradients { get; }
}
