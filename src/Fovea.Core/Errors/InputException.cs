namespace Fovea.Core.Errors;

/// <summary>
/// Bad input from the user: a file, a setting or a folder breaks a rule. The message is one line that names the file or the
/// setting, the rule and the allowed values; the command line prints it without a stack trace and exits with code 2.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception from its one-line message.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>Creates the exception from its one-line message and the failure behind it.</summary>
    public InputException(string message, Exception innerException) : base(message, innerException) { }
}
