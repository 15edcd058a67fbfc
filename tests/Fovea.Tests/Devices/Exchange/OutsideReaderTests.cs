using System.Diagnostics;
using System.Text.Json;
using Fovea.Devices.Exchange;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Tests.Imaging;

namespace Fovea.Tests.Devices.Exchange;

/// <summary>Exports read by programs of others: tests/openqasm/check.mjs parses version 3, and imports and runs version 2.</summary>
[Trait("Needs", "outside")]
public sealed class OutsideReaderTests
{
    /// <summary>The importer goes through the text of each angle in double precision; its own gates are good to about 1e-14.</summary>
    private const double Tolerance = 1e-10;

    [Fact]
    public void Check_ExportsOfAnsaetze_AreRead()
    {
        var script = RequireScript();
        using var folder = new TemporaryFolder();
        var cases = Cases().ToArray();
        var files = cases.SelectMany((circuit, i) => Write(circuit, folder, i)).ToArray();
        var results = Run(script, files);
        for (var i = 0; i < cases.Length; i++)
        {
            AssertParsed(cases[i], results[files[2 * i]]);
            AssertSimulated(cases[i], results[files[(2 * i) + 1]]);
        }
    }

    private static IEnumerable<Circuit> Cases()
    {
        (string Ansatz, InputEncoding Encoding, int Qubits)[] layers =
        [
            ("strongly-entangling", InputEncoding.X, 4),
            ("simplified-two-design", InputEncoding.Z, 5),
            ("ese2-recon", InputEncoding.Y, 4),
            ("crx-ring", InputEncoding.Iqp, 3),
            ("hqconv", InputEncoding.Y, 4),
        ];
        foreach (var (ansatz, encoding, qubits) in layers)
            yield return new QuantumLayerSpec { Ansatz = ansatz, Encoding = encoding, Qubits = qubits, Layers = 2 }.BuildCircuit();
        var all = new CircuitBuilder(4).RY(Angle.Input(0), 0).RY(Angle.Input(1, 0.5), 1).RX(Angle.Weight(0), 2).H(3);
        foreach (var kind in Enum.GetValues<GateKind>())
        {
            var info = GateInfo.Of(kind);
            int[] wires = [(int)kind % 4, ((int)kind + 1) % 4, ((int)kind + 3) % 4];
            all.Append(kind, info.HasAngle ? Angle.InputProduct(0, 1, 0.3) : null, wires.AsSpan(0, info.WireCount));
            all.RX(Angle.Constant(-1e-5), wires[0]).RY(Angle.Constant(0.7), wires[1]);
        }

        yield return all.Build();
    }

    private static string[] Write(Circuit circuit, TemporaryFolder folder, int number)
    {
        string[] files = [folder.File($"{number}-3.qasm"), folder.File($"{number}-2.qasm")];
        File.WriteAllText(files[0], OpenQasm3Writer.Write(circuit, new CircuitExport { Weights = Values(circuit.WeightCount, 0.37) }));
        File.WriteAllText(files[1], OpenQasm2Writer.Write(circuit, new CircuitExport
        {
            Weights = Values(circuit.WeightCount, 0.37),
            Inputs = Values(circuit.InputCount, 0.61),
        }));
        return files;
    }

    private static double[] Values(int count, double step) => [.. Enumerable.Range(1, count).Select(i => (i * step % 5) - 2)];

    private static void AssertParsed(Circuit circuit, JsonElement result)
    {
        Assert.Equal(3, result.GetProperty("version").GetInt32());
        Assert.Equal(circuit.Operations.Length, result.GetProperty("gates").GetInt32());
        Assert.Equal(circuit.WireCount, result.GetProperty("measurements").GetInt32());
        var inputs = result.GetProperty("inputs").EnumerateArray().Select(name => name.GetString());
        Assert.Equal(Enumerable.Range(0, circuit.InputCount).Select(i => $"x{i}"), inputs);
    }

    private static void AssertSimulated(Circuit circuit, JsonElement result)
    {
        Assert.Equal(2, result.GetProperty("version").GetInt32());
        Assert.Equal(circuit.Operations.Length, result.GetProperty("gates").GetInt32());
        var probabilities = Observable.Probabilities([.. Enumerable.Range(0, circuit.WireCount)]);
        Expectations.AssertEqual(
            Expectations.Of(
                Expectations.Observing(circuit, probabilities), Values(circuit.InputCount, 0.61), Values(circuit.WeightCount, 0.37)),
            [.. result.GetProperty("probabilities").EnumerateArray().Select(value => value.GetDouble())],
            Tolerance);
    }

    private static string RequireScript()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx")))
            folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, so tests/openqasm/check.mjs is out of reach");
        var checks = Path.Combine(folder!.FullName, "tests", "openqasm");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(checks, "node_modules")),
            "the outside readers are not installed: npm ci --prefix tests/openqasm --ignore-scripts");
        Assert.SkipUnless(HasNode(), "the outside readers of OpenQASM need node 20.6 or later");
        return Path.Combine(checks, "check.mjs");
    }

    /// <summary>Whether node is there, in the version whose module hooks the script uses.</summary>
    private static bool HasNode()
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe")));
        if (!isThere)
            return false;
        using var process = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
        var version = process.StandardOutput.ReadToEnd().Trim().TrimStart('v');
        process.WaitForExit();
        return Version.TryParse(version, out var number) && number >= new Version(20, 6);
    }

    private static Dictionary<string, JsonElement> Run(string script, string[] files)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [script, .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(result => result.GetProperty("file").GetString()!);
    }
}
