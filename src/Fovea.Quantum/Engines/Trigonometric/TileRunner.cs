using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>Runs tiles of circuits forward and backward with scratch memory of its own. Circuits never mix.</summary>
internal sealed unsafe class TileRunner<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Width = TileKernel<TLanes, T>.Width;
    private readonly PlanTables<T> _tables;
    private readonly TileMemory<TLanes> _memory;
    private readonly int _inputs;
    private readonly int _outputs;

    /// <summary>A runner for a plan.</summary>
    public TileRunner(PlanTables<T> tables, bool forGradients)
    {
        _tables = tables;
        var circuit = tables.Plan.Circuit;
        (_inputs, _outputs) = (circuit.InputCount, circuit.Observables.Length);
        _memory = new(tables.Plan, Width, tables.Turns.Length, forGradients);
        Fill(Tile(_memory.Features, FeatureTable.One), T.One);
    }

    /// <summary>Circuits in a tile.</summary>
    public static int TileSize => Width * sizeof(TLanes) / sizeof(T);

    /// <summary>Whether this runner has the memory for gradients.</summary>
    public bool ForGradients => _memory.ForGradients;

    // A pair takes some 28 registers, as many as there are with 512 bits; elsewhere memory would have to help out.
    private ReadOnlySpan<(TermRow One, TermRow Two)> PairsInRegisters => sizeof(TLanes) >= 64 ? _tables.Pairs : [];

    private ReadOnlySpan<TermRow> OtherRows => sizeof(TLanes) >= 64 ? _tables.Single : _tables.Rows;

    /// <summary>Starts a chunk: takes over the turns by weights, and forgets gradients.</summary>
    public void StartChunk()
    {
        for (var turn = 0; turn < _tables.Turns.Length; turn++)
        {
            if (_tables.Turns[turn].Rotation.IsInput)
                continue;
            Fill(Tile(_memory.Sines, turn), _tables.Sines[turn]);
            Fill(Tile(_memory.Cosines, turn), _tables.Cosines[turn]);
        }

        if (!ForGradients)
            return;
        new Span<TLanes>(_memory.TermGradients, _tables.Plan.TermFeatures.Count).Clear();
        new Span<TLanes>(_memory.TurnGradients, _tables.Turns.Length).Clear();
    }

    /// <summary>Ends a chunk: its gradients by coefficients and then by turns, summed over the lanes.</summary>
    public void CollectGradients(Span<double> gradients)
    {
        var terms = _tables.Plan.TermFeatures.Count;
        for (var k = 0; k < gradients.Length; k++)
            gradients[k] = TLanes.WideSum(k < terms ? _memory.TermGradients[k] : _memory.TurnGradients[k - terms]);
    }

    /// <summary>Computes the expectation values of circuits first … first+count−1.</summary>
    public void Forward(in BatchCall<T> call, int first, int count)
    {
        Enter(call, first, count);
        new Span<TLanes>(_memory.Outputs, Width * _outputs).Clear();
        fixed (T* coefficients = _tables.Coefficients)
        fixed (int* termFeatures = _tables.TermFeatures)
        {
            foreach (var (one, two) in PairsInRegisters)
                TileKernel<TLanes, T>.AddRowPair(one, two, termFeatures, coefficients, _memory.Features, _memory.Outputs);
            foreach (var row in OtherRows)
                TileKernel<TLanes, T>.AddRow(row, termFeatures, coefficients, _memory.Features, Tile(_memory.Outputs, row.Output));
        }

        LaneTransposition<T>.Store((T*)_memory.Outputs, TileSize, _outputs, call.Expectations + ((nint)first * _outputs), count);
    }

    /// <summary>Adds the chunk's gradients of circuits first … first+count−1 and writes their input gradients.</summary>
    public void Backward(in BatchCall<T> call, int first, int count)
    {
        Enter(call, first, count);
        LaneTransposition<T>.Load(call.Cotangents + ((nint)first * _outputs), count, _outputs, (T*)_memory.Outputs, TileSize, T.Zero);
        new Span<TLanes>(_memory.FeatureCotangents, Width * _tables.Plan.FeatureCount).Clear();
        fixed (T* coefficients = _tables.Coefficients)
        fixed (int* termFeatures = _tables.TermFeatures)
        {
            foreach (var (one, two) in PairsInRegisters)
            {
                TileKernel<TLanes, T>.AddRowPairGradients(
                    one, two, termFeatures, coefficients, _memory.Features, _memory.FeatureCotangents, _memory.TermGradients, _memory.Outputs);
            }

            foreach (var row in OtherRows)
            {
                TileKernel<TLanes, T>.AddRowGradients(
                    row,
                    termFeatures,
                    coefficients,
                    _memory.Features,
                    _memory.FeatureCotangents,
                    _memory.TermGradients,
                    Tile(_memory.Outputs, row.Output));
            }
        }

        for (var k = _tables.Products.Length - 1; k >= 0; k--)
            TileKernel<TLanes, T>.MultiplyGradients(_tables.Products[k], _memory.Features, _memory.FeatureCotangents);
        UndoTurns();
        LaneTransposition<T>.Store(
            (T*)_memory.InputGradients, TileSize, _inputs, call.InputGradients + ((nint)first * _inputs), count);
    }

    /// <summary>Inputs, Bloch vectors and products of a tile.</summary>
    private void Enter(in BatchCall<T> call, int first, int count)
    {
        LaneTransposition<T>.Load(call.Inputs + ((nint)first * _inputs), count, _inputs, (T*)_memory.Inputs, TileSize, T.Zero);
        for (var wire = 0; wire < _tables.Plan.Circuit.WireCount; wire++)
        {
            var bloch = Tile(_memory.Features, FeatureTable.OfWire(wire));
            new Span<TLanes>(bloch, 2 * Width).Clear();
            Fill(bloch + (2 * Width), T.One);
        }

        for (var turn = 0; turn < _tables.Turns.Length; turn++)
        {
            var (rotation, a, b) = _tables.Turns[turn];
            TLanes* sin = Tile(_memory.Sines, turn), cos = Tile(_memory.Cosines, turn);
            if (rotation.IsInput)
                LoadAngle(rotation.Angle, T.CreateTruncating(rotation.Scale), sin, cos);
            TileKernel<TLanes, T>.Turn(Tile(_memory.Features, a), Tile(_memory.Features, b), sin, cos);
        }

        foreach (var product in _tables.Products)
            TileKernel<TLanes, T>.Multiply(product, _memory.Features);
    }

    private void LoadAngle(Angle angle, T scale, TLanes* sin, TLanes* cos)
    {
        var factor = TLanes.Broadcast(scale);
        var input = Tile(_memory.Inputs, angle.Index);
        var other = Tile(_memory.Inputs, angle.SecondIndex);
        for (var k = 0; k < Width; k++)
        {
            var value = angle.Source == AngleSource.InputProduct ? input[k] * other[k] : input[k];
            LaneTrigonometry<TLanes, T>.SinCos(factor * value, sin + k, cos + k);
        }
    }

    /// <summary>Undoes the turns on the Bloch vectors and on their cotangents, and reads each angle's gradient before.</summary>
    private void UndoTurns()
    {
        new Span<TLanes>(_memory.InputGradients, Width * _inputs).Clear();
        for (var turn = _tables.Turns.Length - 1; turn >= 0; turn--)
        {
            var (rotation, first, second) = _tables.Turns[turn];
            TLanes* a = Tile(_memory.Features, first), b = Tile(_memory.Features, second);
            TLanes* da = Tile(_memory.FeatureCotangents, first), db = Tile(_memory.FeatureCotangents, second);
            for (var k = 0; k < Width; k++)
                _memory.Angles[k] = (db[k] * a[k]) - (da[k] * b[k]);
            if (rotation.IsInput)
                AddInputGradients(rotation.Angle, T.CreateTruncating(rotation.Scale));
            else
                _memory.TurnGradients[turn] += _memory.Angles[0] + _memory.Angles[1] + _memory.Angles[2] + _memory.Angles[3];
            TLanes* sin = Tile(_memory.Sines, turn), cos = Tile(_memory.Cosines, turn);
            TileKernel<TLanes, T>.TurnBack(a, b, sin, cos);
            TileKernel<TLanes, T>.TurnBack(da, db, sin, cos);
        }
    }

    private void AddInputGradients(Angle angle, T scale)
    {
        var factor = TLanes.Broadcast(scale);
        TLanes* gradient = Tile(_memory.InputGradients, angle.Index), other = Tile(_memory.InputGradients, angle.SecondIndex);
        TLanes* value = Tile(_memory.Inputs, angle.Index), otherValue = Tile(_memory.Inputs, angle.SecondIndex);
        for (var k = 0; k < Width; k++)
        {
            var derivative = factor * _memory.Angles[k];
            if (angle.Source == AngleSource.Input)
            {
                gradient[k] += derivative;
                continue;
            }

            gradient[k] = TLanes.MultiplyAdd(derivative, otherValue[k], gradient[k]);
            other[k] = TLanes.MultiplyAdd(derivative, value[k], other[k]);
        }
    }

    private static TLanes* Tile(TLanes* tiles, int index) => TileKernel<TLanes, T>.Tile(tiles, index);

    private static void Fill(TLanes* tile, T value) => new Span<TLanes>(tile, Width).Fill(TLanes.Broadcast(value));
}
