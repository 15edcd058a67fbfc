using CsCheck;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Devices.Profiles;

public sealed class DeviceProfileWriterTests
{
    [Fact]
    public void ToToml_OwnFormat_WritesDefaultsAndWhatDiffers()
    {
        var profile = Profiles.WithQubit(1, q => q with { T1 = 90e-6 });
        Assert.Equal("""
            name = "three"
            description = "A line of three."
            sources = [
                "A, B (2020)",
                "C",
            ]
            pulse = "gpi2"
            entangler = "ecr"
            qubits = 3
            couplings = [
                [0, 1], [2, 1],
            ]

            defaults.t1_us = 200
            defaults.t2_us = 150.5
            defaults.excited_population = 0.01
            defaults.pulse_ns = 35.6
            defaults.pulse_error = 0.00025
            defaults.pulse_over_rotation = 0.002
            defaults.readout_p01 = 0.01
            defaults.readout_p10 = 0.02
            defaults.entangler_ns = 500
            defaults.entangler_error = 0.007
            defaults.entangler_over_rotation = -0.003

            qubit = [
                { index = 1, t1_us = 90 },
            ]

            """, DeviceProfileWriter.ToToml(profile));
    }

    [Fact]
    public void ToToml_ShippedProfiles_ReadBackExactly() => Assert.All(ShippedProfiles.Names, name => AssertRoundTrip(ShippedProfiles.Find(name)));

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(3.7)]
    public void ToToml_ScaledProfiles_ReadBackExactly(double factor) =>
        Assert.All(ShippedProfiles.Names, name => AssertRoundTrip(ShippedProfiles.Find(name).Scaled(factor)));

    [Fact]
    public void ToToml_AwkwardText_ReadsBackExactly() => AssertRoundTrip(Profiles.Three with
    {
        Description = "quotes \" and \\ and\nlines\tand µ",
        Sources = [],
        Couplings = [.. Profiles.Three.Couplings.Reverse()],
    });

    [Fact]
    public void ToToml_OneQubit_ReadsBackExactly() => AssertRoundTrip(Profiles.Three with { Qubits = [Profiles.Three.Qubits[0]], Couplings = [] });

    [Fact]
    public void ToToml_AnyNumbers_ReadBackExactly() =>
        Gen.Select(Gen.Double[1e-9, 100], Gen.Double.Unit, Gen.Double.Unit, Gen.Double[0, 1e-3], Gen.Double[-3, 3]).Array[3].Sample(rows =>
        {
            var profile = Profiles.Three with
            {
                Qubits = [.. rows.Select(r => new QubitProperties(
                    r.Item1,
                    2 * r.Item2 * r.Item1 + 1e-12,
                    r.Item3,
                    new(r.Item4, r.Item2, r.Item5),
                    new ReadoutError(r.Item3, r.Item2)))],
                Couplings = [new(1, 0, new(rows[0].Item4, rows[0].Item2, rows[0].Item5)), new(1, 2, new(rows[1].Item4, rows[1].Item2, rows[1].Item5))],
            };
            if (DeviceProfileRules.Problems(profile, "x").Count == 0) AssertRoundTrip(profile);
        });

    private static void AssertRoundTrip(DeviceProfile profile) =>
        Profiles.AssertEqual(profile, DeviceProfileReader.FromToml(DeviceProfileWriter.ToToml(profile), "written.toml"));
}
