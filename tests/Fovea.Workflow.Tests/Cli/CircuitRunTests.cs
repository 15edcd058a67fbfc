using System.Globalization;
using Fovea.Devices.Profiles;

namespace Fovea.Tests.Cli;

public sealed class CircuitRunTests : IDisposable
{
    private const string Bell = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n";
    private const string Rotation = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] a;\ninput float[64] b;\nqubit[2] q;\n"
        + "bit[2] c;\nry(a) q[0];\nrx(b) q[1];\nc = measure q;\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-circuit-").FullName;

    public static TheoryData<string> Profiles => [.. ShippedProfiles.Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_BellIdeal_PrintsExactValues()
    {
        var result = FoveaCommand.Run("circuit", "run", Write("bell.qasm", Bell));
        result.AssertSuccess();
        Assert.Contains("bell.qasm: 2 qubits, 2 gates, 0 inputs", result.Output, StringComparison.Ordinal);
        Assert.Contains("Method: exact, by ", result.Output, StringComparison.Ordinal);
        Assert.Equal([0, 0], Column(result, "Z", 1));
        Assert.DoesNotContain("standard error", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Run_BellOnADevice_SaysWhatWasInserted(string profile)
    {
        var result = FoveaCommand.Run("circuit", "run", Write("bell.qasm", Bell), "--noise", profile);
        result.AssertSuccess();
        Assert.Contains($"Compiled to {profile} on 2 qubits", result.Output, StringComparison.Ordinal);
        Assert.Contains("noise operations", result.Output, StringComparison.Ordinal);
        // Readout and gates of the shipped devices move ⟨Z⟩ by a few percent.
        Assert.All(Column(result, "Z", 1), value => Assert.InRange(value, -0.05, 0.05));
        Assert.Equal(2, Column(result, "Z", 1).Length);
    }

    [Fact]
    public void Run_Shots_AreSeeded()
    {
        string[] command = ["circuit", "run", Write("bell.qasm", Bell), "--shots", "1000", "--seed", "4"];
        var result = FoveaCommand.Run(command);
        result.AssertSuccess();
        Assert.Equal(result.Output, FoveaCommand.Run(command).Output);
        Assert.NotEqual(result.Output, FoveaCommand.Run([.. command[..^1], "5"]).Output);
        Assert.Contains("2 bit strings; letters from the left: q[0], q[1]:", result.Output, StringComparison.Ordinal);
        Assert.Equal(1000, Column(result, "00", 1).Single() + Column(result, "11", 1).Single());
        var value = Column(result, "Z0", 1).Single();
        Assert.Equal(Math.Sqrt((1 - (value * value)) / 1000), Column(result, "Z0", 2).Single(), 1e-6);
    }

    [Fact]
    public void Run_DensityAndTrajectories_Agree()
    {
        string[] command = ["circuit", "run", Write("rotation.qasm", Rotation), "--inputs", "-0.5,1.25", "--noise", "heavy-hex", "--noise-scale", "30"];
        var density = FoveaCommand.Run([.. command, "--method", "density"]);
        var estimate = FoveaCommand.Run([.. command, "--method", "trajectories", "--trajectories", "500"]);
        density.AssertSuccess();
        estimate.AssertSuccess();
        Assert.Contains("Inputs: a = -0.5, b = 1.25.", density.Output, StringComparison.Ordinal);
        Assert.Contains("500 trajectories", estimate.Output, StringComparison.Ordinal);
        var (exact, values, errors) = (Column(density, "Z", 1), Column(estimate, "Z", 1), Column(estimate, "Z", 2));
        // Five standard errors, and the rounding of the table.
        for (var output = 0; output < 2; output++)
            Assert.InRange(values[output] - exact[output], (-5 * errors[output]) - 1e-6, (5 * errors[output]) + 1e-6);
    }

    /// <summary>⟨XX⟩ = 1, ⟨YY⟩ = −1 and ⟨ZI⟩ = 0 in a Bell state; two settings of the machine, XX and YY with ZZ being three.</summary>
    [Fact]
    public void Run_PauliSum_IsMeasuredInItsBases()
    {
        string[] command = ["circuit", "run", Write("bell.qasm", Bell), "--observable", "0.5*XX + 0.2*ZI", "--observable", "X0*X1 - Y(0) @ Y(1) + ZZ - 1"];
        Assert.Equal([0.5], Column(FoveaCommand.Run(command), "0.5*X0*X1", 1));
        var shots = FoveaCommand.Run([.. command, "--shots", "4000"]);
        shots.AssertSuccess();
        Assert.Contains("in each of 3 settings: X0*X1, Z0*Z1, Y0*Y1", shots.Output, StringComparison.Ordinal);
        var (value, error) = (Column(shots, "0.5*X0*X1", 1).Single(), Column(shots, "0.5*X0*X1", 2).Single());
        Assert.Equal(0.2 / Math.Sqrt(4000), error, 1e-4);
        Assert.InRange(value, 0.5 - (4 * error), 0.5 + (4 * error));
        Assert.Equal([2], Column(shots, "X0*X1+", 1));
    }

    /// <summary>h, cx under depolarizing with p: ⟨XX⟩ = (1 − 4p/3)(1 − 16p/15), and each bit read wrong with r scales it by (1 − 2r)².</summary>
    [Fact]
    public void Run_PlainNoise_ShrinksAsItsConventionSays()
    {
        string[] command = ["circuit", "run", Write("bell.qasm", Bell), "--observable", "XX", "--noise", "depolarizing:0.03,readout:0.02"];
        var expected = (1 - (0.04)) * (1 - (0.03 * 16 / 15)) * 0.96 * 0.96;
        var exact = FoveaCommand.Run(command);
        exact.AssertSuccess();
        Assert.Equal(expected, Column(exact, "X0*X1", 1).Single(), 1e-6);
        var shots = FoveaCommand.Run([.. command, "--shots", "20000"]);
        Assert.Equal(expected, Column(shots, "X0*X1", 1).Single(), 4 * Math.Sqrt(1.0 / 20000));
        var mitigated = FoveaCommand.Run([.. command, "--mitigate", "readout"]);
        Assert.Equal(expected / 0.96 / 0.96, Column(mitigated, "X0*X1", 1).Single(), 1e-6);
    }

    [Fact]
    public void Gradient_ExactAndByShots_Agree()
    {
        string[] command = ["circuit", "gradient", Write("rotation.qasm", Rotation), "--inputs", "-0.5,1.25"];
        var exact = FoveaCommand.Run(command);
        exact.AssertSuccess();
        Assert.Equal([Math.Sin(0.5), 0], Row(exact, "a"), new Near(1e-6));
        Assert.Equal([0, -Math.Sin(1.25)], Row(exact, "b"), new Near(1e-6));
        var shots = FoveaCommand.Run([.. command, "--shots", "20000"]);
        shots.AssertSuccess();
        Assert.Equal([Math.Sin(0.5), 0], Row(shots, "a"), new Near(0.03));
        Assert.NotEqual(Row(exact, "a"), Row(shots, "a"));
        var x = FoveaCommand.Run([.. command, "--observable", "XI", "--shots", "20000"]);
        Assert.Equal([Math.Cos(0.5)], Row(x, "a"), new Near(0.03));
    }

    [Fact]
    public void Draw_File_PrintsWiresAndWritesAPicture()
    {
        var picture = Path.Combine(_folder, "bell.svg");
        var result = FoveaCommand.Run("circuit", "draw", Write("bell.qasm", Bell), "--out", picture);
        result.AssertSuccess();
        Assert.Contains("bell.qasm: 2 qubits, 2 gates", result.Output, StringComparison.Ordinal);
        Assert.Contains("●", result.Output, StringComparison.Ordinal);
        Assert.Contains("⊕", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("<svg", File.ReadAllText(picture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("circuit run bell.qasm --observable XXX", "'XXX' in 'XXX' has 3 letter(s), the circuit has 2 wire(s)")]
    [InlineData("circuit run bell.qasm --observable Z2", "names a wire that is missing")]
    [InlineData("circuit run bell.qasm --observable Q", "'Q' in 'Q' is no Pauli string")]
    [InlineData("circuit run bell.qasm --noise depolarizing:2", "'depolarizing:2' has no probability; allowed: a number from 0 to 1")]
    [InlineData("circuit run bell.qasm --noise depolarizing", "'depolarizing' has no probability")]
    [InlineData("circuit run bell.qasm --noise depolarizing:0.1,crosstalk:0.1", "'crosstalk' is no kind of plain noise")]
    [InlineData("circuit run bell.qasm --noise readout:0.1,readout:0.2", "readout is given twice")]
    [InlineData("circuit run bell.qasm --noise readout:0.1 --mitigate zne", "folds a device's gates")]
    [InlineData("circuit run bell.qasm --noise readout:0.5 --mitigate readout", "cannot invert a readout that is wrong half of the time")]
    [InlineData("circuit run bell.qasm --noise readout:0.5 --mitigate readout --shots 9", "cannot invert a readout that is wrong half of the time")]
    [InlineData("sample x --out y --noise depolarizing:0.1", "here allowed: a device's profile")]
    [InlineData("circuit gradient bell.qasm", "nothing to differentiate by")]
    [InlineData("circuit draw absent.qasm", "absent.qasm: no such file")]
    public void CircuitCommands_BadInput_IsOneLine(string line, params string[] words)
    {
        var path = Write("bell.qasm", Bell);
        FoveaCommand.Run([.. line.Split(' ').Select(word => word == "bell.qasm" ? path : word)]).AssertBadInput(words);
    }

    [Theory]
    [InlineData("--shots", "9")]
    [InlineData]
    public void CircuitGradient_MitigationOfReadoutThatSaysNothing_IsOneLine(params string[] more)
    {
        var path = Write("rotation.qasm", Rotation);
        FoveaCommand.Run(["circuit", "gradient", path, "--inputs", "-0.5,1.25", "--noise", "readout:0.5", "--mitigate", "readout", .. more])
            .AssertBadInput("cannot invert a readout that is wrong half of the time");
    }

    [Fact]
    public void CircuitGradient_ShotsOfACircuitThatTheyDoNotTake_NamesThem()
    {
        var path = Write("two.qasm", "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput angle a;\ninput angle b;\nqubit[1] q;\nrx(a) q[0];\nry(b) q[0];\n");
        FoveaCommand.Run("circuit", "gradient", path, "--inputs", "0.3,0.4").AssertSuccess();
        FoveaCommand.Run("circuit", "gradient", path, "--inputs", "0.3,0.4", "--shots", "9").AssertBadInput("--shots: two inputs turn wire 0", "exact");
    }

    private static double[] Row(FoveaResult result, string name) =>
    [
        .. result.Output.Split('\n').Select(line => line.Split('│', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Single(cells => cells.Length > 1 && cells[0] == name)[1..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)),
    ];

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }

    [Theory]
    [InlineData("absent.qasm", "absent.qasm: no such file")]
    [InlineData("bell.qasm --noise heavy-hax", "heavy-hax", "did you mean 'heavy-hex'?")]
    [InlineData("bell.qasm --shots 0", "shots = 0", "1 to 10000000")]
    [InlineData("bell.qasm --method fast", "--method fast", "exact, density, trajectories")]
    [InlineData("bell.qasm --trajectories 1", "trajectories = 1", "2 to")]
    [InlineData("bell.qasm --trajectories 9 --shots 9", "every shot is a trajectory")]
    [InlineData("bell.qasm --noise-scale 2", "--noise PROFILE")]
    [InlineData("bell.qasm --noise heavy-hex --noise-scale nan", "noise scale", "0 to 1000")]
    [InlineData("bell.qasm --inputs 1", "--inputs gives 1 value(s)", "no inputs")]
    [InlineData("rotation.qasm", "--inputs gives 0 value(s), the circuit has 2 input(s): a, b")]
    [InlineData("rotation.qasm --inputs 1,2,3", "--inputs gives 3 value(s), the circuit has 2 input(s): a, b")]
    [InlineData("rotation.qasm --inputs 1,nan", "'nan' is not a finite number")]
    [InlineData("rotation.qasm --inputs 1,,2", "'' is not a finite number")]
    [InlineData("loop.qasm", "loop.qasm:4:1:")]
    [InlineData("open.json", "1 weight(s) have no values")]
    [InlineData("broken.json", "broken.json:1:", "not JSON")]
    [InlineData("wide.qasm --noise heavy-hex", "it has 27 qubit(s), the circuit needs 30")]
    [InlineData("wide.qasm --method density", "at most 10 wires, not 30")]
    [InlineData("bell.qasm --noise cut.toml", "cannot reach each other")]
    public void Run_BadInput_IsOneLine(string line, params string[] words)
    {
        Write("bell.qasm", Bell);
        Write("rotation.qasm", Rotation);
        Write("loop.qasm", "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit q;\nfor int i in [0:3] { h q; }\n");
        Write("wide.qasm", "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[30] q;\nh q;\n");
        Write("broken.json", "{ nonsense");
        Write("open.json", """
            { "format": "fovea-circuit", "version": 1, "wires": 1, "inputs": { "count": 0 }, "weights": { "count": 1 },
              "gates": [{ "gate": "RX", "wires": [0], "angle": { "source": "weight", "index": 0, "scale": 1 } }],
              "observables": [[{ "coefficient": 1, "pauli": "Z0" }]] }
            """);
        Write("cut.toml", """
            name = "cut"
            description = "Two pairs apart."
            sources = ["made up"]
            pulse = "sx"
            entangler = "cz"
            qubits = 4
            couplings = [[0, 1], [2, 3]]
            defaults = { t1_s = 1, t2_s = 1, pulse_us = 1, pulse_error = 0.001, readout_p01 = 0.01, readout_p10 = 0.01, entangler_us = 1, entangler_error = 0.01 }
            """);
        string[] extensions = [".qasm", ".json", ".toml"];
        var arguments = line.Split(' ').Select(part => extensions.Contains(Path.GetExtension(part)) ? Path.Combine(_folder, part) : part);
        FoveaCommand.Run(["circuit", "run", .. arguments]).AssertBadInput(words);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Numbers of a column, from the table rows whose first cell starts so.</summary>
    private static double[] Column(FoveaResult result, string first, int column) =>
    [
        .. result.Output.Split('\n').Select(line => line.Split('│', '|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells.Length > column && cells[0].StartsWith(first, StringComparison.Ordinal))
            .Select(cells => double.Parse(cells[column], NumberStyles.Number, CultureInfo.InvariantCulture)),
    ];
}
