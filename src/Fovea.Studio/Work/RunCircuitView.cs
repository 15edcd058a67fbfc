using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Laboratory;
using Fovea.Laboratory.Drawing;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Training.Configuration;
using Fovea.Training.Reports;
using Fovea.Training.Runs;

namespace Fovea.Studio.Work;

/// <summary>The circuits of a run as its files have them now, and one of them in full.</summary>
internal sealed record RunCircuitView
{
    /// <summary>All layers that run a circuit.</summary>
    internal required IReadOnlyList<RunCircuit> All { get; init; }

    /// <summary>The one that is looked at.</summary>
    internal required RunCircuit Layer { get; init; }

    /// <summary>Which of its circuits, where each has weights of its own.</summary>
    internal required int Group { get; init; }

    /// <summary>Its stretches; none where they are not known.</summary>
    internal required IReadOnlyList<CircuitSection> Sections { get; init; }

    /// <summary>What is exact of it; null where it is too large.</summary>
    internal required CircuitInspection? Inspection { get; init; }

    /// <summary>What the shipped devices do to it; empty where it is too large or has no weights yet.</summary>
    internal required IReadOnlyList<OutputNoise> Noise { get; init; }

    /// <summary>[weight], its angles where the training began; null where that is not known.</summary>
    internal IReadOnlyList<double>? Start => Layer.Start?[Group];

    /// <summary>[weight], its angles now; null where there are none yet.</summary>
    internal IReadOnlyList<double>? Now => Layer.Now?[Group];

    /// <summary>Reads a run.</summary>
    /// <param name="path">Its folder, or the name of a model that comes with the program.</param>
    /// <param name="layer">The layer's name; null for the first.</param>
    /// <param name="group">Which of its circuits.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null for a run that has no circuits.</returns>
    /// <exception cref="InputException">The run cannot be read, or has no such layer or group.</exception>
    internal static RunCircuitView? Read(string path, string? layer, int group, CancellationToken cancellation)
    {
        using var folder = RunFolder.Open(path);
        var config = RunConfigReader.FromFile(folder.Config);
        var all = RunCircuits.Read(folder, config);
        if (all.Count == 0) return null;
        var chosen = layer is null ? all[0] : all.FirstOrDefault(one => one.Name == layer)
            ?? throw new InputException($"layer {layer}: there is none of that name; allowed: {string.Join(", ", all.Select(one => one.Name))}");
        var groups = chosen.IsShared ? 1 : chosen.Groups;
        if (group < 0 || group >= groups) throw new InputException($"group {group}: there is none of that number; allowed: 0 to {groups - 1}");
        var inspection = CircuitBench.Takes(chosen.Circuit) ? CircuitInspector.Inspect(chosen.Circuit, cancellation) : null;
        return new RunCircuitView
        {
            All = all,
            Layer = chosen,
            Group = group,
            Sections = SectionsOf(RunCircuits.SpecOf(config), chosen),
            Inspection = inspection,
            Noise = inspection is not null && chosen.Now is { } now ? Noisy(chosen, now[group], cancellation) : [],
        };
    }

    private static OutputNoise[] Noisy(RunCircuit layer, double[] weights, CancellationToken cancellation) =>
        [.. ShippedProfiles.Names.Select(device => CircuitInspector.UnderNoise(layer.Circuit, weights, ShippedProfiles.Load(device), cancellation))];

    // Where a layer's gates are those of the ansatz, one for one; a separable one has fewer, axes that change have others.
    private static IReadOnlyList<CircuitSection> SectionsOf(QuantumLayerSpec spec, RunCircuit layer)
    {
        var ansatz = AnsatzTexts.Find(spec);
        if (ansatz is null || !InputEncodings.OnePerWire.Contains(spec.Encoding)) return [];
        var subject = new AnsatzSubject(ansatz, spec.Qubits, spec.Layers, spec.Encoding, spec.Reupload);
        return subject.WithEncoding().Operations.Length == layer.Circuit.Operations.Length ? CircuitSection.Split(subject) : [];
    }
}

/// <summary>Texts of ansätze to begin with.</summary>
internal static class AnsatzTexts
{
    /// <summary>The ansatz of a layer; null where it is not known here.</summary>
    internal static Ansatz? Find(QuantumLayerSpec spec) =>
        spec.Definition is { } definition ? AnsatzDefinition.Parse(definition, spec.Ansatz) : AnsatzRegistry.Find(spec.Ansatz);

    /// <summary>
    /// The text of an ansatz under a name of its own: those of the ansätze that come with the program are taken, and the first change would be refused.
    /// </summary>
    internal static string Renamed(Ansatz ansatz)
    {
        var isOurs = AnsatzRegistry.All.Concat(AnsatzRegistry.Exhibits).Any(known => known.Source == ansatz.Source);
        if (!isOurs) return ansatz.Source;
        var lines = ansatz.Source.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith("alias", StringComparison.Ordinal))
            .Select(line => line.StartsWith("ansatz", StringComparison.Ordinal) ? $"ansatz my-{ansatz.Name}" : line);
        return string.Join('\n', lines);
    }
}
