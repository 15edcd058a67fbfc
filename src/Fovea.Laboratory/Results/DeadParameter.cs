namespace Fovea.Laboratory.Results;

/// <summary>A parameter that no measured output depends on, whatever the values of the others.</summary>
/// <param name="Index">Its number among the weights.</param>
/// <param name="Gate">The gate that takes it, "RZ(w5) 3"; empty when none does.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record DeadParameter(int Index, string Gate, string Reason);
