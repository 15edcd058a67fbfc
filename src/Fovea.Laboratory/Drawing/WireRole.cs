namespace Fovea.Laboratory.Drawing;

/// <summary>How a gate shows on one of its wires.</summary>
internal enum WireRole
{
    /// <summary>Its name and angle.</summary>
    Box,

    /// <summary>A dot.</summary>
    Control,

    /// <summary>The ⊕ of a controlled X.</summary>
    Flip,

    /// <summary>The × of an exchange.</summary>
    Exchange,
}
