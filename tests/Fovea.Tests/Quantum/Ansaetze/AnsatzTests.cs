using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Ansaetze;

public class AnsatzTests
{
    public static TheoryData<string, int> TooFewWires() => new()
    {
        { "hqconv", 6 },
        { "fqconv", 4 },
        { "fqconv-port", 5 },
    };

    [Theory]
    [MemberData(nameof(TooFewWires))]
    public void Append_WireCountThatDoesNotFit_SaysWhichDo(string name, int wires)
    {
        var exception = Assert.Throws<ArgumentException>(() => AnsatzRegistry.Get(name).WeightCount(wires, 1));
        var factor = name == "hqconv" ? 4 : 3;
        Assert.StartsWith($"{name} takes a multiple of {factor}, not {wires}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hqconv", new[] { 4, 8, 12, 16 })]
    [InlineData("fqconv", new[] { 3, 6, 9, 12, 15 })]
    [InlineData("fqconv-port", new[] { 3, 6, 9, 12, 15 })]
    public void Wires_OfAnsaetzeOfBlocks_AreTheMultiples(string name, int[] allowed) =>
        Assert.Equal(allowed, Enumerable.Range(1, 16).Where(AnsatzRegistry.Get(name).Wires.Allows));

    [Fact]
    public void Append_NoLayers_AppendsNothing()
    {
        var builder = new CircuitBuilder(4);
        AnsatzRegistry.Get("std").Append(builder, 0);
        Assert.Empty(builder.Build().Operations);
    }

    [Theory]
    [InlineData("r1", "ese1-recon")]
    [InlineData("r2", "brick")]
    [InlineData("r3", "ese2-recon")]
    [InlineData("r4", "ry-rz-ring")]
    [InlineData("r5", "crx-ring")]
    [InlineData("r6", "cz-ring")]
    [InlineData("r7", "ry-rz-half-brick")]
    [InlineData("r8", "half-range")]
    public void Get_Reconstruction_SaysThatItIsOurs(string alias, string name)
    {
        var ansatz = AnsatzRegistry.Get(alias.ToUpperInvariant());
        Assert.Equal(name, ansatz.Name);
        Assert.Contains("our reconstruction", ansatz.Description, StringComparison.Ordinal);
        Assert.Contains("not available", ansatz.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesAndAliases_OfTheRegistry_AreDistinct() =>
        Assert.Distinct(AnsatzRegistry.NamesAndAliases, StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Get_MistypedName_ListsNamesAndTheNearest()
    {
        var exception = Assert.Throws<ArgumentException>(() => AnsatzRegistry.Get("ese2-recom"));
        Assert.Contains("did you mean 'ese2-recon'?", exception.Message, StringComparison.Ordinal);
        Assert.All(AnsatzRegistry.NamesAndAliases, name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }
}
