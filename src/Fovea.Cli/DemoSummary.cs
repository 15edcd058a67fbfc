using Fovea.Models;
using Fovea.Training.Evaluation;
using Spectre.Console;

namespace Fovea.Cli;

/// <summary>The demo's closing words.</summary>
internal sealed record DemoSummary(
    string Sheet, string Run, ReconstructionQuality Quality, ParameterReport Autoencoder, ParameterReport Denoiser, TimeSpan Elapsed)
{
    internal void Print()
    {
        var table = new Table().AddColumns("network", "parameters", "circuit weights", "quantum layers");
        Add(table, "autoencoder", Autoencoder);
        Add(table, "denoiser", Denoiser);
        AnsiConsole.Write(table);
        Console.WriteLine(Quality);
        Console.WriteLine($"{Sheet}: row 1 phantoms, row 2 their reconstructions, the rest samples");
        Console.WriteLine($"done in {Elapsed.TotalMinutes:F1} minutes; more images: fovea sample {Run} --count 64 --out more");
    }

    private static void Add(Table table, string name, ParameterReport size) =>
        table.AddRow(name, $"{size.Total:N0}", $"{size.Quantum:N0}", $"{size.QuantumLayers}");
}
