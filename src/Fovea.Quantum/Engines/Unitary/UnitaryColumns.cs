using System.Numerics;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Unitary;

/// <summary>
/// Builds U in double precision, one column in each lane: the state-vector stages applied to basis states. Backward, the same
/// adjoint pass as for a state gives the gradients of the weights, with the columns of dL/dU in the place of λ.
/// </summary>
internal sealed unsafe class UnitaryColumns<TColumns, T>
    where TColumns : unmanaged, ILanes<TColumns, double>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Pieces of work, each with weight gradients of its own that are added in order.
    private const int MaxPieces = 16;
    private static readonly int LaneCount = sizeof(TColumns) / sizeof(double);
    private readonly UnitaryPlan _plan;
    private readonly WeightTables<double> _tables;
    private readonly LaneMemory<TColumns> _memory;
    private readonly Planes<TColumns>[] _columns;
    private readonly double[] _pieceGradients;
    private readonly int _pieces;
    private readonly PieceQueue _buildQueue;
    private readonly PieceQueue _undoQueue;
    private Worker[] _workers = [];
    private double[] _cotangents = [];

    /// <summary>Allocates the columns and the matrices for a plan.</summary>
    public UnitaryColumns(UnitaryPlan plan, WeightTables<double> tables)
    {
        _plan = plan;
        _tables = tables;
        _columns = new Planes<TColumns>[(plan.Slots + LaneCount - 1) / LaneCount];
        _memory = new(2L * _columns.Length * (plan.Slots + LaneMemory<TColumns>.Stagger));
        for (var block = 0; block < _columns.Length; block++)
            _columns[block] = _memory.TakePlanes(plan.Slots);
        _pieces = Math.Min(MaxPieces, _columns.Length);
        _pieceGradients = new double[_pieces * plan.Gates.Circuit.WeightCount];
        _buildQueue = new PieceQueue(BuildPiece);
        _undoQueue = new PieceQueue(UndoPiece);
        Matrix = new TiledMatrix<T>(plan.Rows, plan.Columns);
        Transposed = new TiledMatrix<T>(plan.Columns, plan.Rows);
    }

    /// <summary>The real matrix of the plan, [rows, columns].</summary>
    public TiledMatrix<T> Matrix { get; }

    /// <summary>Its transpose.</summary>
    public TiledMatrix<T> Transposed { get; }

    /// <summary>Computes U for the weights in the tables.</summary>
    public void Build(int threads)
    {
        var workers = PieceQueue.Workers(_pieces, threads);
        for (var worker = _workers.Length; worker < workers; worker++)
            _workers = [.. _workers, new Worker(_plan, _tables)];
        foreach (var worker in _workers)
            worker.Registers.LoadWeights(_tables.Coefficients);
        _buildQueue.Run(_pieces, threads);
    }

    /// <summary>Adds the weight gradients; the columns are used up.</summary>
    /// <param name="cotangents">[rows, columns]: the sum over samples of λ times the entry state.</param>
    /// <param name="weightGradients">[weights].</param>
    /// <param name="threads">Most threads to use.</param>
    public void Undo(double[] cotangents, Span<double> weightGradients, int threads)
    {
        _cotangents = cotangents;
        _undoQueue.Run(_pieces, threads);
        for (var i = 0; i < _pieceGradients.Length; i++)
            weightGradients[i % weightGradients.Length] += _pieceGradients[i];
    }

    private void BuildPiece(int worker, int piece)
    {
        for (var block = Start(piece); block < Start(piece + 1); block++)
        {
            var psi = _columns[block];
            new Span<TColumns>(psi.Re, _plan.Slots).Clear();
            new Span<TColumns>(psi.Im, _plan.Slots).Clear();
            var first = block * LaneCount;
            var count = Math.Min(LaneCount, _plan.Slots - first);
            for (var lane = 0; lane < count; lane++)
                ((double*)(psi.Re + first + lane))[lane] = 1;
            _workers[worker].Stages.Apply(psi);
            for (var lane = 0; lane < count; lane++)
                Store(psi, lane, first + lane);
        }
    }

    private void Store(Planes<TColumns> psi, int lane, int column)
    {
        var slots = _plan.Slots;
        for (var slot = 0; slot < slots; slot++)
        {
            var (re, im) = (((double*)(psi.Re + slot))[lane], ((double*)(psi.Im + slot))[lane]);
            Set(slot, column, re);
            Set(slots + slot, column, im);
            if (_plan.IsReal)
                continue;
            Set(slot, slots + column, -im);
            Set(slots + slot, slots + column, re);
        }
    }

    private void Set(int row, int column, double value)
    {
        Matrix.Set(row, column, value);
        Transposed.Set(column, row, value);
    }

    private void UndoPiece(int worker, int piece)
    {
        var weights = _plan.Gates.Circuit.WeightCount;
        var gradients = _pieceGradients.AsSpan(piece * weights, weights);
        gradients.Clear();
        var (registers, stages, lambda) = (_workers[worker].Registers, _workers[worker].Stages, _workers[worker].Lambda);
        registers.ClearGradients();
        stages.ClearProducts();
        for (var block = Start(piece); block < Start(piece + 1); block++)
        {
            LoadCotangents(lambda, block * LaneCount);
            stages.Undo(_columns[block], lambda, gradients);
        }

        registers.AddWeightGradients(gradients);
        stages.AddWeightGradients(gradients);
    }

    /// <summary>Columns of Σ_b λ_b ψ_b†, put together from the real products; lanes past the last column stay zero.</summary>
    private void LoadCotangents(Planes<TColumns> lambda, int first)
    {
        var (slots, columns) = (_plan.Slots, _plan.Columns);
        for (var slot = 0; slot < slots; slot++)
        {
            var re = (double*)(lambda.Re + slot);
            var im = (double*)(lambda.Im + slot);
            for (var lane = 0; lane < LaneCount && first + lane < slots; lane++)
            {
                var (upper, lower) = ((slot * columns) + first + lane, ((slots + slot) * columns) + first + lane);
                re[lane] = _cotangents[upper] + (_plan.IsReal ? 0 : _cotangents[lower + slots]);
                im[lane] = _cotangents[lower] - (_plan.IsReal ? 0 : _cotangents[upper + slots]);
            }
        }
    }

    private int Start(int piece) => piece * _columns.Length / _pieces;

    private sealed class Worker
    {
        private readonly LaneMemory<TColumns> _memory;

        public Worker(UnitaryPlan plan, WeightTables<double> tables)
        {
            _memory = new(((2L + plan.Gates.TableStages.Length) * plan.Slots) + plan.Gates.SmallRegisters);
            Lambda = _memory.TakePlanes(plan.Slots);
            new Span<TColumns>(Lambda.Re, plan.Slots).Clear();
            new Span<TColumns>(Lambda.Im, plan.Slots).Clear();
            Registers = new(plan.Gates, _memory);
            Stages = new(plan.Gates, tables, _memory, Registers, StagePurpose.GradientsLater, stageByStage: false);
        }

        public RotationRegisters<TColumns, double> Registers { get; }

        public StagePass<TColumns, double> Stages { get; }

        public Planes<TColumns> Lambda { get; }
    }
}
