using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.PauliPropagation;
using Fovea.Torch.Onnx;

namespace Fovea.Models.Graphs;

/// <summary>
/// A circuit as the trigonometric polynomial that it is (<see cref="TrigonometricPlan"/>): the features of a sample are 1, the components of the wires' Bloch
/// vectors, and their products; with them on the left and on the right, output k is the sum over its rows r of left_r · Σ_t M_rt · right_t. The coefficients M
/// come from the weights in double precision and are constants here.
/// </summary>
internal sealed class TrigonometricWriter(OnnxGraph graph, TrigonometricPlan plan, double[][] weights, string inputs)
{
    private const long MostNumbers = 1 << 23;
    private readonly Dictionary<int, long> _places = new() { [FeatureTable.One] = 0 };
    private readonly string _ones = CircuitWriter.Ones(graph, inputs);

    /// <summary>Whether the matrices of all sets are small enough: most of their numbers are zeros.</summary>
    internal static bool Fits(TrigonometricPlan plan, int sets) => (long)sets * plan.Rows.Count * plan.TermFeatures.Distinct().Count() <= MostNumbers;

    /// <summary>[sets, samples, observables].</summary>
    internal string Write()
    {
        var features = Features();
        int[] right = [.. plan.TermFeatures.Distinct().Order()];
        var (sets, rows, outputs) = (weights.Length, plan.Rows.Count, plan.Circuit.Observables.Length);
        var column = right.Select((feature, index) => (feature, index)).ToDictionary(at => at.feature, at => at.index);
        var matrix = new double[sets * right.Length * rows];
        for (var set = 0; set < sets; set++)
        {
            var state = plan.Program.CreateState();
            state.Run(weights[set]);
            for (var row = 0; row < rows; row++)
            {
                for (var term = plan.Rows[row].Start; term < plan.Rows[row].End; term++)
                    matrix[(((set * right.Length) + column[plan.TermFeatures[term]]) * rows) + row] += state.Coefficients[plan.TermSlots[term]];
            }
        }

        var ofOutput = new double[rows * outputs];
        for (var row = 0; row < rows; row++) ofOutput[(row * outputs) + plan.Rows[row].Output] = 1;
        var sums = graph.MatMul(graph.Gather(features, Places(right), 2), graph.Rounded(matrix, sets, right.Length, rows));
        var left = graph.Gather(features, Places(plan.Rows.Select(row => row.Left)), 2);
        return graph.MatMul(graph.Mul(left, sums), graph.Rounded(ofOutput, rows, outputs));
    }

    private long[] Places(IEnumerable<int> features) => [.. features.Select(feature => _places[feature])];

    // [sets, samples, features]. A product's right factor belongs to its highest wire, its left one to lower wires: made before.
    private string Features()
    {
        List<string> columns = [_ones];
        foreach (var group in Enumerable.Range(0, plan.Circuit.WireCount).GroupBy(Shape)) columns.AddRange(Turn([.. group]));
        var features = graph.Concat(2, [.. columns]);
        foreach (var wire in plan.Products.GroupBy(product => (product.Right - FeatureTable.OfWire(0)) / 3).OrderBy(products => products.Key))
        {
            var product = graph.Mul(
                graph.Gather(features, Places(wire.Select(entry => entry.Left)), 2), graph.Gather(features, Places(wire.Select(entry => entry.Right)), 2));
            foreach (var entry in wire) _places.Add(entry.Result, _places.Count);
            features = graph.Concat(2, features, product);
        }

        return features;
    }

    // Wires of one shape turn in the same operations.
    private string Shape(int wire) => string.Join(
        ' ', plan.Entry.Chains[wire].Select(rotation => $"{rotation.Axis[wire]}{(rotation.IsInput ? rotation.Angle.Source : AngleSource.Constant)}"));

    private IEnumerable<string> Turn(int[] wires)
    {
        // X, Y, Z of |0⟩; what is zero for every sample has no value.
        string?[] bloch = [null, null, graph.Numbers([1])];
        for (var turn = 0; turn < plan.Entry.Chains[wires[0]].Length; turn++)
        {
            PauliRotationGate[] rotations = [.. wires.Select(wire => plan.Entry.Chains[wire][turn])];
            var (_, first, second) = EntryTurn.Of(rotations[0], wires[0]);
            var (a, b) = (first - FeatureTable.OfWire(wires[0]), second - FeatureTable.OfWire(wires[0]));
            var (sin, cos) = Waves(rotations);
            var (before, behind) = (bloch[a], bloch[b]);
            bloch[a] = Sum(Times(before, cos), behind is null ? null : graph.Each("Neg", graph.Mul(behind, sin)));
            bloch[b] = Sum(Times(behind, cos), Times(before, sin));
        }

        for (var component = 0; component < 3; component++)
        {
            if (!plan.Entry.Components[wires[0]].HasFlag(EntrySplit.Component("XYZ"[component]))) continue;
            foreach (var wire in wires) _places.Add(FeatureTable.OfWire(wire) + component, _places.Count);
            // In the samples' shape also where no input turns it.
            yield return graph.Mul(graph.Mul(bloch[component]!, _ones), graph.Rounded(Enumerable.Repeat(1.0, wires.Length).ToArray(), 1, 1, wires.Length));
        }
    }

    private (string Sin, string Cos) Waves(PauliRotationGate[] rotations)
    {
        if (rotations[0].IsInput)
        {
            var angles = CircuitWriter.Angles(graph, rotations, inputs);
            return (graph.Each("Sin", angles), graph.Each("Cos", angles));
        }

        string Constant(Func<double, double> wave) => graph.Rounded(
            [.. weights.SelectMany(set => rotations.Select(rotation => wave(CircuitWriter.Angle(rotation, set))))], weights.Length, 1, rotations.Length);
        return (Constant(Math.Sin), Constant(Math.Cos));
    }

    private string? Times(string? value, string wave) => value is null ? null : graph.Mul(value, wave);

    private string? Sum(string? a, string? b) => a is null ? b : b is null ? a : graph.Add(a, b);
}
