using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;
using Fovea.Training.Evaluation;
using Spectre.Console;

namespace Fovea.Cli;

/// <summary>The demo's closing words.</summary>
internal static class DemoSummary
{
    internal static void Print(
        string sheet, string run, ReconstructionQuality quality, Autoencoder autoencoder, UNet denoiser, TimeSpan elapsed)
    {
        var table = new Table().AddColumns("network", "parameters", "circuit weights", "quantum layers");
        Add(table, "autoencoder", ParameterReport.Of(autoencoder));
        Add(table, "denoiser", ParameterReport.Of(denoiser));
        AnsiConsole.Write(table);
        Console.WriteLine(quality);
        Console.WriteLine($"{sheet}: row 1 phantoms, row 2 their reconstructions, the rest samples");
        Console.WriteLine($"done in {elapsed.TotalMinutes:F1} minutes; more images: fovea sample {run} --count 64 --out more");
    }

    private static void Add(Table table, string name, ParameterReport size) =>
        table.AddRow(name, $"{size.Total:N0}", $"{size.Quantum:N0}", $"{size.QuantumLayers}");
}
