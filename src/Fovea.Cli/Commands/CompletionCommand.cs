using System.CommandLine;
using Fovea.Cli.Terminal;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea completion SHELL</c>: what lets a shell complete command lines of the program.</summary>
internal static class CompletionCommand
{
    // Each asks the program itself, by the directive of System.CommandLine, so that a script need not be renewed with the program. Options are shown where
    // a dash was begun, and files where the program knows nothing.
    private const string Bash = """
        # Completion of fovea. In ~/.bashrc:  source <(fovea completion bash)
        _fovea() {
          local IFS=$'\n' line=${COMP_LINE:0:COMP_POINT} word suggestions current
          word=${line##*[[:space:]]}
          suggestions=$("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
          [[ $word == -* ]] || suggestions=$(grep -v '^[-/]' <<< "$suggestions")
          COMPREPLY=($(compgen -W "$suggestions" -- "$word"))
          # Readline may take what follows a colon or an equals sign for a word of its own.
          current=${COMP_WORDS[COMP_CWORD]}
          [[ $current == [:=] ]] && current=
          COMPREPLY=("${COMPREPLY[@]#"${word%"$current"}"}")
          # A setting's value follows without a blank.
          if [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
        }
        complete -o default -F _fovea fovea
        """;

    private const string Zsh = """
        #compdef fovea
        # Completion of fovea. In ~/.zshrc, after compinit:  source <(fovea completion zsh)
        _fovea() {
          local line="${(j: :)words[1,CURRENT]}"
          local -a suggestions settings
          suggestions=(${(f)"$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)"})
          [[ ${words[CURRENT]} == -* ]] || suggestions=(${suggestions:#[-/]*})
          # A setting's value follows without a blank.
          settings=(${(M)suggestions:#*=})
          suggestions=(${suggestions:#*=})
          if (( ${#settings} )); then compadd -S '' -a settings; fi
          if (( ${#suggestions} )); then compadd -a suggestions; fi
          if (( ${#settings} + ${#suggestions} == 0 )); then _files; fi
        }
        compdef _fovea fovea
        """;

    private const string Pwsh = """
        # Completion of fovea. In $PROFILE:  fovea completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName fovea -ScriptBlock {
          param($word, $ast, $position)
          $line = $ast.ToString().PadRight($position)
          fovea "[suggest:$position]" "$line" |
            Where-Object { $_.StartsWith($word) -and ($word.StartsWith('-') -or $_ -notmatch '^[-/]') } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private const string Fish = """
        # Completion of fovea. In ~/.config/fish/config.fish:  fovea completion fish | source
        function __fovea_complete
          set -l line (commandline -cp)
          set -l suggestions (fovea "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
          if string match -q -- '-*' (commandline -ct)
            printf '%s\n' $suggestions
          else
            string match -rv -- '^[-/]' $suggestions
          end
        end
        complete -c fovea -a '(__fovea_complete)'
        """;

    private static readonly Dictionary<string, string> Scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["pwsh"] = Pwsh, ["fish"] = Fish };

    internal static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = $"Which shell: {string.Join(", ", Scripts.Keys)}.", HelpName = "SHELL" };
        shell.Suggest(() => Scripts.Keys);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Scripts.ContainsKey(token.Value))
                result.AddError($"SHELL {token.Value} is not allowed; allowed: {string.Join(", ", Scripts.Keys)}");
        });
        var command = new Command(
            "completion",
            "Print a script that lets a shell complete commands, options and their values; its first line says where it goes.")
        {
            shell,
        };
        command.SetAction(parsed => CommandRun.RunShort(_ => Scripts[parsed.GetValue(shell)!], Console.WriteLine));
        return command;
    }
}
