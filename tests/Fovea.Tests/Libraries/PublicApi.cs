using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fovea.Tests.Libraries;

/// <summary>What a library shows to programs outside, a line a type and a member, in an order that does not depend on the source's.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compares with a file, named from the root on; with the environment variable FOVEA_RENEW_API set the file is written anew.</summary>
    public static void AssertIsThatOf(Assembly library, string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose files are out of reach");
        var (file, lines) = (Path.Combine(folder!.FullName, name), Lines(library));
        if (Environment.GetEnvironmentVariable("FOVEA_RENEW_API") is not null) File.WriteAllLines(file, lines);
        var known = File.ReadAllLines(file);
        var differences = known.Except(lines).Select(line => "gone: " + line).Concat(lines.Except(known).Select(line => "new: " + line)).ToArray();
        Assert.True(
            differences.Length == 0,
            $"{library.GetName().Name} shows other things to programs outside than {name} says; "
                + $"if that is meant, run this test once with FOVEA_RENEW_API=1 and commit the file\n{string.Join('\n', differences)}");
    }

    private static string[] Lines(Assembly library) =>
        [.. library.GetExportedTypes()
            .SelectMany(type => Members(type).Select(member => $"{Name(type)}: {member}").Prepend(Head(type)))
            .Distinct()
            .Order(StringComparer.Ordinal)];

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : "class";
        var nature = type is { IsAbstract: true, IsSealed: true } ? "static " : type is { IsAbstract: true, IsInterface: false } ? "abstract " : "";
        var bases = type.GetInterfaces().Where(face => face.IsPublic).Select(Name).Order(StringComparer.Ordinal);
        var parent = type.BaseType is { } other && other != typeof(object) && !type.IsValueType ? " of " + Name(other) : "";
        return $"{Name(type)} is {nature}{kind}{parent}{string.Concat(bases.Select(face => ", " + face))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var field in type.GetFields(Declared).Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName))
        {
            yield return $"{Static(field.IsStatic)}{(field.IsLiteral ? $"const {field.Name} = {field.GetRawConstantValue()}" : field.Name)}: "
                + $"{Name(field.FieldType)}";
        }

        foreach (var property in type.GetProperties(Declared).Where(property => IsShown(property.GetMethod) || IsShown(property.SetMethod)))
        {
            yield return $"{Static((property.GetMethod ?? property.SetMethod)!.IsStatic)}{property.Name}{Parameters(property.GetIndexParameters(), "[", "]")}: "
                + $"{Name(property.PropertyType)}{(IsShown(property.SetMethod) ? " { set }" : "")}";
        }

        foreach (var method in type.GetMethods(Declared).Where(method => IsShown(method) && !IsOfCompiler(method)))
        {
            var types = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
            yield return $"{Static(method.IsStatic)}{method.Name}{types}{Parameters(method.GetParameters(), "(", ")")}: {Name(method.ReturnType)}";
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(IsShown)) yield return $"new{Parameters(constructor.GetParameters(), "(", ")")}";
    }

    private static bool IsShown(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    /// <summary>Accessors stand with their property; what a record gets by itself changes with its properties only.</summary>
    private static bool IsOfCompiler(MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            || method.IsDefined(typeof(CompilerGeneratedAttribute))
            || method.Name.StartsWith('<');

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Parameters(ParameterInfo[] parameters, string open, string close) => parameters.Length == 0 && open == "["
        ? ""
        : $"{open}{string.Join(", ", parameters.Select(Parameter))}{close}";

    private static string Parameter(ParameterInfo parameter) =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "")}";

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsGenericParameter) return type.Name;
        var own = type.Namespace?.StartsWith("Fovea.", StringComparison.Ordinal) == true && type.DeclaringType is null ? type.Namespace + "." : "";
        var outer = type.DeclaringType is { } declaring
            ? Name(declaring.IsGenericType ? declaring.GetGenericTypeDefinition() : declaring) + "."
            : own;
        var plain = type.Name.Split('`')[0];
        return outer + plain + (
            type.IsGenericType && type.Name.Contains('`', StringComparison.Ordinal) ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "");
    }
}
