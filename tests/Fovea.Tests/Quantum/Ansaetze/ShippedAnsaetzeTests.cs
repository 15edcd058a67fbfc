using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>The files that come with the library.</summary>
public class ShippedAnsaetzeTests
{
    public static TheoryData<string> Names() => [.. AnsatzRegistry.All.Concat(AnsatzRegistry.Exhibits).Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Source_OfEveryAnsatz_DeclaresItAndPrintsItsGates(string name)
    {
        var ansatz = AnsatzRegistry.Resolve(name);
        Assert.StartsWith($"ansatz {name}\n", ansatz.Source, StringComparison.Ordinal);
        Assert.EndsWith("end\n", ansatz.Source, StringComparison.Ordinal);
        Assert.Same(ansatz, AnsatzDefinition.Parse(ansatz.Source, "again.ansatz"));
        Assert.NotEqual(AnsatzStatus.Own, ansatz.Status);
        Assert.Equal(name, ansatz.ToString());
        var circuit = new QuantumLayerSpec { Qubits = 12 }.BuildCircuit(ansatz);
        Assert.Equal(circuit.Operations.Length + 1, circuit.ToString().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Folder_OfShippedFiles_HoldsNothingThatIsNotListed()
    {
        var resources = typeof(Ansatz).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("ansaetze/", StringComparison.Ordinal));
        Assert.Equal(Names().Select(row => $"ansaetze/{row.Data}.ansatz").Order(), resources.Order());
    }

    [Fact]
    public void Names_OfEverythingShipped_AreDistinct() => Assert.Distinct(
        AnsatzRegistry.All.Concat(AnsatzRegistry.Exhibits).SelectMany(a => a.Aliases.Prepend(a.Name)), StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("sel", AnsatzStatus.Standard)]
    [InlineData("hqconv", AnsatzStatus.Published)]
    [InlineData("ese2-recon", AnsatzStatus.Reconstruction)]
    [InlineData("brick", AnsatzStatus.Candidate)]
    public void Status_OfAnAnsatz_SaysWhereItComesFrom(string name, AnsatzStatus status) =>
        Assert.Equal(status, AnsatzRegistry.Get(name).Status);
}
