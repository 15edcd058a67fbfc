namespace Fovea.Laboratory.Results;

/// <summary>Several ansätze at several sizes.</summary>
/// <param name="Cells">One analysis a size that an ansatz can be laid out on: by ansatz, then qubits, then layers.</param>
/// <param name="Decays">One fit an ansatz and number of layers.</param>
/// <param name="Encoding">Name of the encoding, as in settings.</param>
/// <param name="Reupload">Whether the encoding is repeated before every layer.</param>
/// <param name="Seed">Seed of all draws.</param>
/// <param name="Seconds">Wall time of the whole comparison.</param>
public sealed record AnsatzComparison(
    IReadOnlyList<AnsatzAnalysis> Cells, IReadOnlyList<GradientDecay> Decays, string Encoding, bool Reupload, ulong Seed, double Seconds);
