namespace Fovea.Quantum.PauliPropagation;

/// <summary>One step of a pull-back on all coefficients.</summary>
internal abstract record PullBackStep;
