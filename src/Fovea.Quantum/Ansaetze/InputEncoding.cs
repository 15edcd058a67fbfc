using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>How the inputs get into the state.</summary>
public enum InputEncoding
{
    /// <summary>RX(x_i) on wire i.</summary>
    X,

    /// <summary>RY(x_i) on wire i.</summary>
    Y,

    /// <summary>H, then RZ(x_i), on wire i: on |0⟩ a bare RZ would be a phase that nothing can see.</summary>
    Z,

    /// <summary>2^n inputs, divided by their Euclidean norm, as the amplitudes of n wires instead of |0…0⟩.</summary>
    Amplitude,

    /// <summary>
    /// H, then RZ(x_i), on every wire i, then RZZ(x_i·x_j) on every pair i &lt; j (Havlíček et al. 2019, arXiv 1804.11326; the layout
    /// of PennyLane's IQPEmbedding, one repetition).
    /// </summary>
    Iqp,
}

/// <summary>What the encodings take and the gates they are made of. Angles are inputs in radians.</summary>
public static class InputEncodings
{
    /// <summary>The encodings that take one input a wire.</summary>
    public static IReadOnlyList<InputEncoding> OnePerWire { get; } =
        [.. Enum.GetValues<InputEncoding>().Where(encoding => encoding != InputEncoding.Amplitude)];

    /// <summary>The name in settings: "X", "Y", "Z", "amplitude", "iqp".</summary>
    public static string Name(this InputEncoding encoding) => encoding switch
    {
        InputEncoding.Amplitude => "amplitude",
        InputEncoding.Iqp => "iqp",
        _ => encoding.ToString(),
    };

    /// <summary>Inputs of a sample on <paramref name="wires"/> wires.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="wires">1 to <see cref="Circuit.MaxWires"/>; for amplitudes at most <see cref="Circuit.MaxAmplitudeWires"/>.</param>
    public static int InputCount(this InputEncoding encoding, int wires)
    {
        if (encoding != InputEncoding.Amplitude)
            return wires;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wires, Circuit.MaxAmplitudeWires);
        return 1 << wires;
    }

    /// <summary>Appends the encoding on all wires of <paramref name="builder"/>.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="builder">Receives the gates.</param>
    /// <param name="firstInput">The input of wire 0; the others follow. Amplitudes are inputs 0 and on.</param>
    /// <exception cref="InvalidOperationException">Amplitudes after another gate, or on too many wires.</exception>
    public static void Append(this InputEncoding encoding, CircuitBuilder builder, int firstInput = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (encoding == InputEncoding.Amplitude)
        {
            builder.PrepareAmplitudes();
            return;
        }

        for (var wire = 0; wire < builder.WireCount; wire++)
            AppendSingle(encoding, builder, wire, Angle.Input(firstInput + wire));
        if (encoding == InputEncoding.Iqp)
            AppendPairs(builder, firstInput);
    }

    private static void AppendSingle(InputEncoding encoding, CircuitBuilder builder, int wire, Angle angle) =>
        _ = encoding switch
        {
            InputEncoding.X => builder.RX(angle, wire),
            InputEncoding.Y => builder.RY(angle, wire),
            InputEncoding.Z or InputEncoding.Iqp => builder.H(wire).RZ(angle, wire),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "not an encoding of this library"),
        };

    private static void AppendPairs(CircuitBuilder builder, int firstInput)
    {
        for (var first = 0; first < builder.WireCount; first++)
        {
            for (var second = first + 1; second < builder.WireCount; second++)
                builder.RZZ(Angle.InputProduct(firstInput + first, firstInput + second), first, second);
        }
    }
}
