using System.Text.RegularExpressions;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>Every ansatz, gate by gate, on a few wires: written out by hand.</summary>
public partial class AnsatzGateListTests
{
    private const string Rot3 = "RZ 0|RY 0|RZ 0|RZ 1|RY 1|RZ 1|RZ 2|RY 2|RZ 2|";
    private const string Rot4 = Rot3 + "RZ 3|RY 3|RZ 3|";
    private const string RyRz3 = "RY 0|RZ 0|RY 1|RZ 1|RY 2|RZ 2|";
    private const string RyRz4 = RyRz3 + "RY 3|RZ 3|";
    private const string Rx3 = "RX 0|RX 1|RX 2|";

    private const string HqGroups =
        "CRZ 8 11|CRX 8 11|CRZ 11 10|CRX 11 10|CRZ 10 9|CRX 10 9|CRZ 9 8|CRX 9 8|"
        + "CRZ 4 7|CRX 4 7|CRZ 7 6|CRX 7 6|CRZ 6 5|CRX 6 5|CRZ 5 4|CRX 5 4|"
        + "CRZ 0 3|CRX 0 3|CRZ 3 2|CRX 3 2|CRZ 2 1|CRX 2 1|CRZ 1 0|CRX 1 0|";

    public static TheoryData<string, int, int, string> Listings() => new()
    {
        { "strongly-entangling", 3, 2, Rot3 + "CNOT 0 1|CNOT 1 2|CNOT 2 0|" + Rot3 + "CNOT 0 2|CNOT 1 0|CNOT 2 1" },
        { "basic-entangler", 3, 2, Rx3 + "CNOT 0 1|CNOT 1 2|CNOT 2 0|" + Rx3 + "CNOT 0 1|CNOT 1 2|CNOT 2 0" },
        {
            "simplified-two-design", 4, 2,
            "RY 0|RY 1|RY 2|RY 3|CZ 0 1|RY 0|RY 1|CZ 2 3|RY 2|RY 3|CZ 1 2|RY 1|RY 2|CZ 0 1|RY 0|RY 1|CZ 2 3|RY 2|RY 3|CZ 1 2|RY 1|RY 2"
        },
        { "hqconv", 12, 1, HqGroups + "CRZ 4 8|CRX 4 8|CRZ 0 4|CRX 0 4" },
        {
            "hqconv", 4, 2,
            "CRZ 0 3|CRX 0 3|CRZ 3 2|CRX 3 2|CRZ 2 1|CRX 2 1|CRZ 1 0|CRX 1 0|CRZ 0 3|CRX 0 3|CRZ 3 2|CRX 3 2|CRZ 2 1|CRX 2 1|CRZ 1 0|CRX 1 0"
        },
        {
            "fqconv", 12, 1,
            "CRZ 3 11|CRZ 2 10|CRZ 1 9|CRZ 0 8|CRX 3 11|CRX 2 10|CRX 1 9|CRX 0 8|"
            + "CRZ 11 7|CRZ 10 6|CRZ 9 5|CRZ 8 4|CRX 11 7|CRX 10 6|CRX 9 5|CRX 8 4|"
            + "CRZ 7 3|CRZ 6 2|CRZ 5 1|CRZ 4 0|CRX 7 3|CRX 6 2|CRX 5 1|CRX 4 0"
        },
        {
            "fqconv", 6, 1,
            "CRZ 1 5|CRZ 0 4|CRX 1 5|CRX 0 4|CRZ 5 3|CRZ 4 2|CRX 5 3|CRX 4 2|CRZ 3 1|CRZ 2 0|CRX 3 1|CRX 2 0"
        },
        {
            "fqconv-port", 12, 1,
            "CRZ 3 11|CRX 2 10|CRZ 1 9|CRX 0 8|CRX 3 11|CRZ 2 10|CRX 1 9|CRZ 0 8|"
            + "CRZ 11 7|CRX 10 6|CRZ 9 5|CRX 8 4|CRX 11 7|CRZ 10 6|CRX 9 5|CRZ 8 4|"
            + "CRZ 7 3|CRX 6 2|CRZ 5 1|CRX 4 0|CRX 7 3|CRZ 6 2|CRX 5 1|CRZ 4 0"
        },
        { "ese1-recon", 4, 1, Rot4 + "CNOT 0 1|CNOT 1 2|CNOT 2 3" },
        { "ese2-recon", 4, 2, Rot4 + "CNOT 0 1|CNOT 2 3|" + Rot4 + "CNOT 1 2" },
        { "brick", 4, 1, Rot4 + "CNOT 0 1|CNOT 2 3|CNOT 1 2" },
        { "ry-rz-ring", 3, 2, RyRz3 + "CNOT 0 1|CNOT 1 2|CNOT 2 0|" + RyRz3 + "CNOT 0 2|CNOT 1 0|CNOT 2 1" },
        { "crx-ring", 3, 2, Rot3 + "CRX 0 1|CRX 1 2|CRX 2 0|" + Rot3 + "CRX 0 1|CRX 1 2|CRX 2 0" },
        { "cz-ring", 3, 2, Rot3 + "CZ 0 1|CZ 1 2|CZ 2 0|" + Rot3 + "CZ 0 1|CZ 1 2|CZ 2 0" },
        { "ry-rz-half-brick", 4, 2, RyRz4 + "CNOT 0 1|CNOT 2 3|" + RyRz4 + "CNOT 1 2" },
        { "half-range", 4, 1, Rot4 + "CNOT 0 2|CNOT 1 3|CNOT 2 0|CNOT 3 1" },
    };

    [Theory]
    [MemberData(nameof(Listings))]
    public void Layers_OfEveryAnsatz_AreTheDeclaredGatesWithWeightsInOrder(string name, int wires, int layers, string expected)
    {
        var circuit = Build(name, wires, layers);
        // As printed, a line is "RZ(w3) 0"; the angles are looked at below.
        var printed = circuit.ToString().TrimEnd().Split('\n').Skip(1).ToArray();
        Assert.Equal(expected.Split('|'), printed.Select(line => Angle().Replace(line, "")));
        var angles = printed.Select(line => Angle().Match(line).Value).Where(angle => angle.Length > 0);
        Assert.Equal(Enumerable.Range(0, circuit.WeightCount).Select(i => $"(w{i})"), angles);
    }

    [Fact]
    public void Listings_CoverEveryAnsatz() =>
        Assert.Equal(AnsatzRegistry.Names.Order(), Listings().Select(row => row.Data.Item1).Distinct().Order());

    [Theory]
    [InlineData("sel", 1, 0)]
    [InlineData("sel", 2, 2)]
    [InlineData("basic-entangler", 1, 0)]
    [InlineData("basic-entangler", 2, 1)]
    [InlineData("std", 1, 0)]
    [InlineData("std", 5, 4)]
    [InlineData("r1", 1, 0)]
    [InlineData("r2", 1, 0)]
    [InlineData("r2", 5, 4)]
    [InlineData("r3", 1, 0)]
    [InlineData("r3", 5, 2)]
    [InlineData("r4", 1, 0)]
    [InlineData("r5", 1, 0)]
    [InlineData("r6", 2, 1)] // two CZ on one pair would cancel
    [InlineData("r7", 5, 2)]
    [InlineData("r8", 1, 0)]
    [InlineData("r8", 5, 5)]
    [InlineData("hqconv", 8, 18)]
    [InlineData("fqconv", 3, 6)]
    [InlineData("fqconv-port", 3, 6)]
    public void Layer_FewWires_HasThatManyEntanglers(string name, int wires, int count) =>
        Assert.Equal(count, Build(name, wires, 1).Operations.Count(operation => operation.Wires.Length == 2));

    [GeneratedRegex(@"\(.*\)")]
    private static partial Regex Angle();

    private static Circuit Build(string name, int wires, int layers)
    {
        var builder = new CircuitBuilder(wires);
        AnsatzRegistry.Get(name).Append(builder, layers);
        return builder.Build();
    }
}
