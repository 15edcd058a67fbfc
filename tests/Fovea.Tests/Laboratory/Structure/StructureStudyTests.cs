using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Laboratory.Structure;

public sealed class StructureStudyTests
{
    [Fact]
    public void StronglyEntangling_LastPhases_AreDeadWithAReason()
    {
        var structure = Study("sel", 4, 2);
        Assert.Equal([14, 17, 20, 23], structure.DeadParameters.Select(dead => dead.Index));
        Assert.Equal("RZ(w17) 1", structure.DeadParameters[1].Gate);
        Assert.Equal("RZ on wire 1 commutes with everything that the gates behind it make of the measured Z", structure.DeadParameters[1].Reason);
        Assert.Single(structure.Blocks);
        Assert.False(structure.IsIdentityWithoutEncoding);
    }

    [Fact]
    public void RotationAfterTheLastEntangler_SaysSo()
    {
        // One layer of an even half-brick on three wires: wire 2 has no entangler.
        var dead = Study("ese2-recon", 3, 1).DeadParameters.Single(parameter => parameter.Gate.EndsWith(" 2", StringComparison.Ordinal));
        Assert.StartsWith("RZ on wire 2 ", dead.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void FullyControlled_IsAnIdentityWithoutEncodingInFourBlocks()
    {
        var structure = Study("fqconv", 12, 1);
        Assert.True(structure.IsIdentityWithoutEncoding);
        Assert.Empty(structure.DeadParameters);
        Assert.Equal(new int[][] { [0, 4, 8], [1, 5, 9], [2, 6, 10], [3, 7, 11] }, structure.Blocks.Select(block => block.ToArray()));
        Assert.All(structure.ConeWires, wires => Assert.InRange(wires, 1, 3));
        Assert.All(structure.Reach[5], input => Assert.Contains(input, new[] { 1, 5, 9 }));
    }

    [Fact]
    public void Hqconv_IsConnectedAndAlive()
    {
        var structure = Study("hqconv", 8, 1);
        Assert.Single(structure.Blocks);
        Assert.Empty(structure.DeadParameters);
        Assert.True(structure.IsIdentityWithoutEncoding);
    }

    [Fact]
    public void FqconvPort_TrailingPhases_AreDead()
    {
        var dead = Study("fqconv-port", 12, 1).DeadParameters;
        Assert.Equal(4, dead.Count);
        Assert.All(dead, parameter => Assert.StartsWith("CRZ on wires ", parameter.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Reach_HalfBrick_IsTheLightCone()
    {
        var structure = Study("ese2-recon", 6, 2);
        Assert.Equal([2, 2, 4, 2, 4, 2], structure.ConeWires);
        Assert.All(structure.Reach.Zip(structure.ConeWires), pair => Assert.InRange(pair.First.Count, 1, pair.Second));
    }

    private static CircuitStructure Study(string name, int qubits, int layers)
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get(name), qubits, layers);
        return StructureStudy.Measure(subject, GradientStudy.Measure(subject.WithEncoding(), 1, new(40, 40, 0), TestContext.Current.CancellationToken), 1);
    }
}
