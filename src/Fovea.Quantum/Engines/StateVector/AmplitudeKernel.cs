using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Amplitude encoding: ψ = x/‖x‖, and the gradient by x from the one by ψ.</summary>
internal static unsafe class AmplitudeKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Squares of numbers whose sum is in this range neither vanish nor overflow in single precision.
    private const double SmallestSum = 1e-25;
    private const double LargestSum = 1e35;

    /// <summary>1/‖x‖ of every lane; infinite, so that every amplitude is NaN, where x is zero.</summary>
    /// <param name="inputs">[size].</param>
    /// <param name="size">Number of amplitudes.</param>
    /// <param name="inverse">One register, overwritten.</param>
    public static void InverseNorm(TLanes* inputs, int size, TLanes* inverse)
    {
        var sum = TLanes.Zero;
        for (var j = 0; j < size; j++)
            sum = TLanes.MultiplyAdd(inputs[j], inputs[j], sum);
        *inverse = sum;
        var lanes = (T*)inverse;
        var laneCount = sizeof(TLanes) / sizeof(T);
        for (var lane = 0; lane < laneCount; lane++)
        {
            var square = double.CreateTruncating(lanes[lane]);
            if (square is not (> SmallestSum and < LargestSum))
                square = SquaredNorm((T*)inputs + lane, size, laneCount);
            lanes[lane] = T.CreateTruncating(1 / Math.Sqrt(square));
        }
    }

    /// <summary>ψ_j = scale·x_j/‖x‖, in this order: neither product leaves the range of numbers.</summary>
    public static void Prepare(TLanes* inputs, int size, TLanes inverse, TLanes scale, Planes<TLanes> psi)
    {
        for (var j = 0; j < size; j++)
            psi.Re[j] = inputs[j] * inverse * scale;
        new Span<TLanes>(psi.Im, size).Clear();
    }

    /// <summary>
    /// Adds the gradient by x. By the amplitude ψ_j it is 2 Re λ_j; through the norm N it becomes
    /// (2/N)(Re λ_j − ψ_j Σ_k ψ_k Re λ_k).
    /// </summary>
    /// <param name="inputs">[size].</param>
    /// <param name="size">Number of amplitudes.</param>
    /// <param name="inverse">1/N.</param>
    /// <param name="lambdaScale">What λ has to be multiplied by.</param>
    /// <param name="lambda">[size]: real part of the adjoint state before the first gate.</param>
    /// <param name="gradients">[size], added to.</param>
    public static void AddGradients(
        TLanes* inputs, int size, TLanes inverse, TLanes lambdaScale, TLanes* lambda, TLanes* gradients)
    {
        var mean = TLanes.Zero;
        for (var j = 0; j < size; j++)
            mean = TLanes.MultiplyAdd(inputs[j] * inverse, lambdaScale * lambda[j], mean);
        var scale = inverse + inverse;
        var minusMean = -(mean * inverse);
        for (var j = 0; j < size; j++)
            gradients[j] = TLanes.MultiplyAdd(scale, TLanes.MultiplyAdd(minusMean, inputs[j], lambdaScale * lambda[j]), gradients[j]);
    }

    private static double SquaredNorm(T* lane, int size, int stride)
    {
        var sum = 0.0;
        for (var j = 0; j < size; j++)
        {
            var value = double.CreateTruncating(lane[(nint)j * stride]);
            sum += value * value;
        }

        return sum;
    }
}

/// <summary>
/// Where the amplitudes of the logical basis lie in memory, as an affine map over bits: slot = A·(index ⊕ k). CNOT, SWAP
/// and X permute basis states, so they only change this map and move no amplitude.
/// </summary>
internal sealed class IndexFrame
{
    private readonly int[] _flips;
    private readonly int[] _parities;
    private readonly bool[] _inverted;

    /// <summary>The identity map; wire 0 is the most significant bit.</summary>
    public IndexFrame(int wireCount)
    {
        _flips = [.. Enumerable.Range(0, wireCount).Select(wire => 1 << (wireCount - 1 - wire))];
        _parities = [.. _flips];
        _inverted = new bool[wireCount];
    }

    /// <summary>Column of A: flipping the logical bit of <paramref name="wire"/> flips these slot bits.</summary>
    public int FlipMask(int wire) => _flips[wire];

    /// <summary>Row of A⁻¹: the logical bit of <paramref name="wire"/> is the parity of these slot bits …</summary>
    public int ParityMask(int wire) => _parities[wire];

    /// <summary>… negated where this is true.</summary>
    public bool IsInverted(int wire) => _inverted[wire];

    /// <summary>X: the logical bit changes its meaning.</summary>
    public void Flip(int wire) => _inverted[wire] = !_inverted[wire];

    /// <summary>CNOT: the target's logical bit becomes target ⊕ control.</summary>
    public void ControlledNot(int control, int target)
    {
        _flips[control] ^= _flips[target];
        _parities[target] ^= _parities[control];
        _inverted[target] ^= _inverted[control];
    }

    /// <summary>SWAP: two wires exchange their bits.</summary>
    public void Swap(int first, int second)
    {
        (_flips[first], _flips[second]) = (_flips[second], _flips[first]);
        (_parities[first], _parities[second]) = (_parities[second], _parities[first]);
        (_inverted[first], _inverted[second]) = (_inverted[second], _inverted[first]);
    }

    /// <summary>The slot of every logical basis index.</summary>
    public int[] Slots()
    {
        var slots = new int[1 << _flips.Length];
        for (var wire = 0; wire < _flips.Length; wire++)
            slots[0] ^= _inverted[wire] ? _flips[wire] : 0;
        for (var index = 1; index < slots.Length; index++)
        {
            var lowest = BitOperations.TrailingZeroCount(index);
            slots[index] = slots[index & (index - 1)] ^ _flips[_flips.Length - 1 - lowest];
        }

        return slots;
    }
}

/// <summary>A complex array of lanes: real and imaginary planes, [slot] each.</summary>
internal readonly unsafe struct Planes<TLanes>(TLanes* re, TLanes* im)
    where TLanes : unmanaged
{
    /// <summary>Real parts.</summary>
    public readonly TLanes* Re = re;

    /// <summary>Imaginary parts.</summary>
    public readonly TLanes* Im = im;
}
