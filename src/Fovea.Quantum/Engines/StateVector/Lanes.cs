using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// A SIMD register whose lanes are circuits of one block. Kernels are written once against this interface and compiled
/// for each width; the implementing structs hold nothing but the register.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILanes<TSelf, T> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : unmanaged, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>factor · other + addend, rounded once where the hardware can.</summary>
    static abstract TSelf MultiplyAdd(TSelf factor, TSelf other, TSelf addend);

    /// <summary>The sum of the lanes.</summary>
    static abstract T Sum(TSelf value);

    /// <summary>The sum of the lanes, added up in double precision.</summary>
    static abstract double WideSum(TSelf value);

    /// <summary>The largest integer that is not larger, of every lane.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>Whether every lane lies within ±limit; false where one is NaN.</summary>
    static abstract bool AllWithin(TSelf value, T limit);
}

/// <summary>Lanes of one 128-bit register.</summary>
internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _value = value;

    public static Lanes128<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> factor, Lanes128<T> other, Lanes128<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector128.MultiplyAddEstimate(
                factor._value.AsSingle(), other._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector128.MultiplyAddEstimate(
                factor._value.AsDouble(), other._value.AsDouble(), addend._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> value) => Vector128.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double WideSum(Lanes128<T> value)
    {
        if (typeof(T) == typeof(double))
            return Vector128.Sum(value._value.AsDouble());
        var (lower, upper) = Vector128.Widen(value._value.AsSingle());
        return Vector128.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector128.Floor(value._value.AsSingle()).As<float, T>())
            : new(Vector128.Floor(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(Lanes128<T> value, T limit) =>
        Vector128.LessThanOrEqualAll(Vector128.Abs(value._value), Vector128.Create(limit));
}

/// <summary>Lanes of one 256-bit register.</summary>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _value = value;

    public static Lanes256<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> factor, Lanes256<T> other, Lanes256<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector256.MultiplyAddEstimate(
                factor._value.AsSingle(), other._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector256.MultiplyAddEstimate(
                factor._value.AsDouble(), other._value.AsDouble(), addend._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> value) => Vector256.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double WideSum(Lanes256<T> value)
    {
        if (typeof(T) == typeof(double))
            return Vector256.Sum(value._value.AsDouble());
        var (lower, upper) = Vector256.Widen(value._value.AsSingle());
        return Vector256.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Floor(value._value.AsSingle()).As<float, T>())
            : new(Vector256.Floor(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(Lanes256<T> value, T limit) =>
        Vector256.LessThanOrEqualAll(Vector256.Abs(value._value), Vector256.Create(limit));
}

/// <summary>Lanes of one 512-bit register.</summary>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _value = value;

    public static Lanes512<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> factor, Lanes512<T> other, Lanes512<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector512.MultiplyAddEstimate(
                factor._value.AsSingle(), other._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector512.MultiplyAddEstimate(
                factor._value.AsDouble(), other._value.AsDouble(), addend._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> value) => Vector512.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double WideSum(Lanes512<T> value)
    {
        if (typeof(T) == typeof(double))
            return Vector512.Sum(value._value.AsDouble());
        var (lower, upper) = Vector512.Widen(value._value.AsSingle());
        return Vector512.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Floor(value._value.AsSingle()).As<float, T>())
            : new(Vector512.Floor(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(Lanes512<T> value, T limit) =>
        Vector512.LessThanOrEqualAll(Vector512.Abs(value._value), Vector512.Create(limit));
}

/// <summary>The register width the kernels run with on this machine.</summary>
internal static class LaneWidth
{
    /// <summary>Bytes of the widest register the hardware works on at full speed: 64, 32 or 16.</summary>
    public static int Bytes { get; } =
        Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;
}
