namespace Fovea.Imaging.Datasets;

/// <summary>A side that a word or a name holds.</summary>
internal enum Side
{
    None,
    Left,
    Right,

    /// <summary>Both in one name.</summary>
    Both,
}

/// <summary>Words for the left and the right side, in lower case.</summary>
internal static class SideWords
{
    // One row a language or a notation: those of the left, those of the right.
    private static readonly (string[] Left, string[] Right)[] s_rows =
    [
        (["left"], ["right"]),
        (["l"], ["r"]),
        (["lt"], ["rt"]),
        (["le"], ["re"]),
        (["os", "og", "oi", "oe"], ["od"]),
        (["sinister", "sinistra", "sinistrum", "sinistro"], ["dexter", "dextra", "dextrum", "destro", "destra"]),
        (["links", "linke", "linker", "linkes", "linken"], ["rechts", "rechte", "rechter", "rechtes", "rechten"]),
        (["gauche"], ["droit", "droite"]),
        (["izquierdo", "izquierda"], ["derecho", "derecha"]),
        (["esquerdo", "esquerda"], ["direito", "direita"]),
        (["lewy", "lewe", "lewa"], ["prawy", "prawe", "prawa"]),
        (["левый", "левая", "левое"], ["правый", "правая", "правое"]),
        (["左"], ["右"]),
        (["좌"], ["우"]),
        (["왼"], ["오른"]),
    ];

    // Words that mean something else as well, unless their counterpart stands beside them.
    private static readonly HashSet<string> s_short = ["l", "r", "lt", "rt", "le", "re", "og", "oi", "oe", "좌", "우", "왼"];
    private static readonly HashSet<string> s_vertical =
        ["top", "bottom", "upper", "lower", "up", "down", "superior", "inferior", "oben", "unten", "haut", "bas", "上", "下"];
    private static readonly HashSet<string> s_questions =
        ["laterality", "lateralität", "lateralité", "latéralité", "lateralidad", "lateralidade", "lateralita", "lateralità"];
    private static readonly HashSet<string> s_wholeQuestions =
    [
        "eye", "side", "eyeside", "whicheye", "sideofeye", "lr", "rl", "odos", "osod", "auge", "seite", "oeil", "œil",
        "ojo", "lado", "occhio", "olho",
    ];

    public static Side Parse(string word) =>
        Array.Exists(s_rows, row => row.Left.Contains(word)) ? Side.Left : Array.Exists(s_rows, row => row.Right.Contains(word)) ? Side.Right : Side.None;

    /// <summary>Whether it is too short to be taken for a side by itself.</summary>
    public static bool IsShort(string word) => s_short.Contains(word);

    public static bool IsVertical(string word) => s_vertical.Contains(word);

    /// <summary>Whether a column of which it is a part asks for the side.</summary>
    public static bool IsQuestion(string word) => s_questions.Contains(word);

    /// <summary>Whether a column that consists of it asks for the side.</summary>
    public static bool IsWholeQuestion(string words) => s_wholeQuestions.Contains(words);

    public static IEnumerable<string> CounterpartsOf(string word) =>
        s_rows.SelectMany(row => row.Left.Contains(word) ? row.Right : row.Right.Contains(word) ? row.Left : []);

    public static bool AreCounterparts(string word, string other) => CounterpartsOf(word).Contains(other);

    /// <summary>A word, or two where a side and "eye" were written as one; "bright" stays one.</summary>
    public static IEnumerable<string> Unglued(string word)
    {
        foreach (var other in (string[])["eyes", "eye", "sided", "side"])
        {
            if (word.StartsWith(other, StringComparison.Ordinal) && Parse(word[other.Length..]) != Side.None) return [other, word[other.Length..]];
            if (word.EndsWith(other, StringComparison.Ordinal) && Parse(word[..^other.Length]) != Side.None) return [word[..^other.Length], other];
        }

        return [word];
    }
}
