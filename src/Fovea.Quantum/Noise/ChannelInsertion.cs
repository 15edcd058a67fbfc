using System.Collections.Immutable;

namespace Fovea.Quantum.Noise;

/// <summary>A channel between two gates of a circuit.</summary>
/// <param name="Position">Gates before it: 0 is ahead of the first gate, the gate count is behind the last. Equal positions act in list order.</param>
/// <param name="Channel">What happens.</param>
/// <param name="Wires">Where, as many wires as the channel has.</param>
public sealed record ChannelInsertion(int Position, QuantumChannel Channel, ImmutableArray<int> Wires);
