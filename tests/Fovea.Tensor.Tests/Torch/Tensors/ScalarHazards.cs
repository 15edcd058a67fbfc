using System.Reflection;
using TorchSharp;

namespace Fovea.Tests.Torch.Tensors;

/// <summary>
/// Finds, in compiled code, calls after which a temporary scalar is kept alive by nothing during a native call: TorchSharp's methods
/// that make one inside, and numbers converted to a scalar as an argument instead of into a variable or field.
/// </summary>
internal static class ScalarHazards
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static IEnumerable<string> In(Assembly assembly)
    {
        var hidden = MethodsThatMakeScalars();
        foreach (var method in assembly.GetTypes().SelectMany(t => t.GetMethods(All).Cast<MethodBase>().Concat(t.GetConstructors(All))))
        {
            foreach (var (called, next) in Calls(method))
            {
                if (hidden.Contains(called) || (IsConversion(called) && !IsStore(next)))
                    yield return $"{method.DeclaringType}.{method.Name} calls {called.DeclaringType?.Name}.{called}";
            }
        }
    }

    /// <summary>
    /// Constructors that make a tensor and call one of its methods at once, outside a scope: nothing keeps it meanwhile, as in
    /// <c>source.detach().clone()</c>. They run outside the pauses of steps, within which the collector rests.
    /// </summary>
    internal static IEnumerable<string> ChainsInConstructors(Assembly assembly)
    {
        foreach (var constructor in assembly.GetTypes().SelectMany(t => t.GetConstructors(All)))
        {
            var calls = Calls(constructor).ToArray();
            if (calls.Any(call => call.Called.Name == nameof(torch.NewDisposeScope))) continue;
            foreach (var ((made, next), (called, _)) in calls.Zip(calls.Skip(1)))
            {
                var isAtOnce = next is 0x28 or 0x6F && IsTensor((made as MethodInfo)?.ReturnType) && IsTensor(called.DeclaringType);
                var isNative = called is { IsStatic: false, Name: not nameof(torch.Tensor.DetachFromDisposeScope) };
                if (isAtOnce && isNative && called.GetParameters().Length == 0) yield return $"{constructor.DeclaringType}: {made.Name}().{called.Name}()";
            }
        }
    }

    private static bool IsTensor(Type? type) => type is not null && typeof(torch.Tensor).IsAssignableFrom(type);

    // Those that call one which does among them: a + b calls a.add(b).
    private static HashSet<MethodBase> MethodsThatMakeScalars()
    {
        var called = new[] { typeof(torch.Tensor), typeof(torch), typeof(torch.nn.functional) }
            .SelectMany(t => t.GetMethods(All))
            .ToDictionary(method => (MethodBase)method, method => Calls(method).Select(call => call.Called).ToArray());
        HashSet<MethodBase> found = [.. called.Where(entry => entry.Value.Any(IsConversion)).Select(entry => entry.Key)];
        while (called.Where(entry => !found.Contains(entry.Key) && entry.Value.Any(found.Contains))
            .Select(entry => entry.Key)
            .ToArray() is { Length: > 0 } more)
        {
            found.UnionWith(more);
        }

        return found;
    }

    private static bool IsConversion(MethodBase called) => called is MethodInfo { IsStatic: true } m && m.ReturnType == typeof(Scalar);

    // stloc, stloc.s, stfld, stsfld, and the prefix of the long stloc.
    private static bool IsStore(byte opcode) => opcode is (>= 0x0A and <= 0x0D) or 0x13 or 0x7D or 0x80 or 0xFE;

    // Every place that looks like call or callvirt and a method's token: data that look so by chance are no method's token.
    private static IEnumerable<(MethodBase Called, byte Next)> Calls(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        for (var i = 0; i + 5 < code.Length; i++)
        {
            if (code[i] is not (0x28 or 0x6F)) continue;
            MethodBase? called;
            try
            {
                called = method.Module.ResolveMethod(
                    BitConverter.ToInt32(code, i + 1),
                    method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
                    method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : null);
            }
            catch (Exception e) when (e is ArgumentException or BadImageFormatException or MissingMethodException or TypeLoadException or FileNotFoundException)
            {
                continue;
            }

            if (called is not null) yield return (called, code[i + 5]);
        }
    }
}
