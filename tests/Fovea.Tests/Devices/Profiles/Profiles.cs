using Fovea.Devices.Profiles;

namespace Fovea.Tests.Devices.Profiles;

/// <summary>Profiles to test with, and their comparison by value: a record compares its arrays by reference.</summary>
internal static class Profiles
{
    public const string Toml = """
        name = "three"
        description = "A line of three."
        sources = ["A, B (2020)", "C"]
        pulse = "gpi2"
        entangler = "ecr"
        qubits = 3
        couplings = [[0, 1], [2, 1]]

        [defaults]
        t1_us = 200
        t2_us = 150.5
        excited_population = 0.01
        pulse_ns = 35.6
        pulse_error = 2.5e-4
        pulse_over_rotation = 0.002
        readout_p01 = 0.01
        readout_p10 = 0.02
        entangler_ns = 500
        entangler_error = 7e-3
        entangler_over_rotation = -0.003
        """;

    public static DeviceProfile Three => DeviceProfileReader.FromToml(Toml, "three.toml");

    public static DeviceProfile WithQubit(int index, Func<QubitProperties, QubitProperties> change) =>
        Three with { Qubits = Three.Qubits.SetItem(index, change(Three.Qubits[index])) };

    public static DeviceProfile WithCouplings(params (int First, int Second)[] pairs) =>
        Three with { Couplings = [.. pairs.Select(pair => new Coupling(pair.First, pair.Second, new(5e-7, 0.007)))] };

    public static void AssertEqual(DeviceProfile expected, DeviceProfile actual)
    {
        Assert.Equal((expected.Name, expected.Description, expected.Pulse, expected.Entangler),
            (actual.Name, actual.Description, actual.Pulse, actual.Entangler));
        Assert.Equal(expected.Sources.AsEnumerable(), actual.Sources);
        Assert.Equal(expected.Qubits.AsEnumerable(), actual.Qubits);
        Assert.Equal(expected.Couplings.AsEnumerable(), actual.Couplings);
    }

    public static bool IsConnected(DeviceProfile profile)
    {
        HashSet<int> reached = [0];
        while (profile.Couplings.FirstOrDefault(c => reached.Contains(c.First) != reached.Contains(c.Second)) is { } edge)
            reached.UnionWith([edge.First, edge.Second]);
        return reached.Count == profile.Qubits.Length;
    }
}
