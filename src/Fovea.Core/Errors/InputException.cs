using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fovea.Core.Errors;

/// <summary>
/// Bad input from the user: a file, a setting or a folder breaks a rule. The message is one line that names the file or the
/// setting, the rule and the allowed values; the command line prints it without a stack trace and exits with code 2.
/// </summary>
/// <remarks>
/// A message names an input of a library as the property that it is (<see cref="NamedInput"/>). Whoever asks people for it by another word says so in
/// <see cref="MessageWith"/>: the command line by its flag.
/// </remarks>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception from its one-line message.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>Creates the exception from its one-line message and the failure behind it.</summary>
    public InputException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Creates the exception from its one-line message, in which inputs are named by <see cref="NamedInput"/>.</summary>
    public InputException(InputMessage message) : base(message.ToString()) => Named = message;

    /// <summary>Creates the exception from its one-line message, in which inputs are named by <see cref="NamedInput"/>, and the failure behind it.</summary>
    public InputException(InputMessage message, Exception innerException) : base(message.ToString(), innerException) => Named = message;

    /// <summary>An input outside what is allowed.</summary>
    /// <param name="name">The property.</param>
    /// <param name="value">What it was.</param>
    /// <param name="allowed">What is allowed, in words.</param>
    public static InputException NotAllowed<T>(string name, T value, string allowed) =>
        new($"{new NamedInput(name)} {value} is not allowed; allowed: {allowed}");

    /// <summary>The message with each input named as the reader knows it.</summary>
    /// <param name="nameOf">The reader's word for a property.</param>
    public string MessageWith(Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        return Named is { } message ? message.With(nameOf) : Message;
    }

    // With where it names inputs; null where it was written as plain text.
    internal InputMessage? Named { get; }
}

/// <summary>The name of an input in a message: a property of a request to those who call a library, a flag to those who type a command.</summary>
/// <param name="Property">Name of the property.</param>
public readonly record struct NamedInput(string Property)
{
    /// <inheritdoc />
    public override string ToString() => Property;
}

/// <summary>A message that is written as an interpolated string, with invariant numbers, and remembers where it names inputs.</summary>
[InterpolatedStringHandler]
public readonly struct InputMessage
{
    private readonly StringBuilder _text;
    private readonly List<(int At, string Property)> _names = [];

    /// <summary>Called by the compiler.</summary>
    /// <param name="literalLength">Characters between the values.</param>
    /// <param name="formattedCount">Number of values.</param>
    public InputMessage(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (8 * formattedCount));

    /// <summary>Adds the text between values.</summary>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    /// <summary>Adds a value in a format.</summary>
    public void AppendFormatted<T>(T value, string? format)
        where T : IFormattable => _text.Append(value?.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Adds the name of an input.</summary>
    public void AppendFormatted(NamedInput name)
    {
        _names.Add((_text.Length, name.Property));
        _text.Append(name.Property);
    }

    /// <summary>Adds another message, with the names in it.</summary>
    public void AppendFormatted(InputMessage message)
    {
        foreach (var (at, property) in message._names) _names.Add((_text.Length + at, property));
        _text.Append(message._text);
    }

    /// <summary>Adds the message of another failure, with the names in it.</summary>
    public void AppendFormatted(InputException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure.Named is { } message) AppendFormatted(message);
        else _text.Append(failure.Message);
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    internal string With(Func<string, string> nameOf)
    {
        var text = new StringBuilder();
        var from = 0;
        foreach (var (at, property) in _names)
        {
            text.Append(_text, from, at - from).Append(nameOf(property));
            from = at + property.Length;
        }

        return text.Append(_text, from, _text.Length - from).ToString();
    }
}
