using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>A rotation or a channel of a noisy circuit, seen through the Clifford gates before it.</summary>
/// <param name="Rotation">The rotation, its axis in the frame; null for a channel.</param>
/// <param name="Channel">The channel; null for a rotation.</param>
/// <param name="Level">How many rotations by weights it waits for, along its wires.</param>
internal sealed record NoisyItem(PauliRotationGate? Rotation, FrameChannel? Channel, int Level)
{
    /// <summary>Wires that it touches in the frame, as a mask.</summary>
    public ulong Support => Rotation?.Axis.Support ?? Channel!.Support;

    /// <summary>Whether it is a rotation by an input.</summary>
    public bool IsInput => Rotation is { IsInput: true };

    /// <summary>Whether it is a rotation by a weight.</summary>
    public bool IsWeight => Rotation is { Angle.Source: AngleSource.Weight };

    /// <summary>As a fixed map, where it depends on neither.</summary>
    public IStringMap Map => Rotation is { } rotation ? new ConstantRotation(rotation) : Channel!;
}
