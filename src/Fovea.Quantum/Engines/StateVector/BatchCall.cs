namespace Fovea.Quantum.Engines.StateVector;

/// <summary>The buffers of one call, pinned by the caller for its duration.</summary>
internal unsafe struct BatchCall<T>
    where T : unmanaged
{
    /// <summary>Number of circuits.</summary>
    public int Batch;

    /// <summary>[batch, inputs].</summary>
    public T* Inputs;

    /// <summary>[batch, outputs]; written by a forward call, null in a gradient call.</summary>
    public T* Expectations;

    /// <summary>[batch, outputs]; null in a forward call.</summary>
    public T* Cotangents;

    /// <summary>[batch, inputs]; null in a forward call.</summary>
    public T* InputGradients;
}
