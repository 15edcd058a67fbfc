namespace Fovea.Quantum.Ansaetze;

/// <summary>Where the gates of an ansatz come from. In definitions the names are in lower case.</summary>
public enum AnsatzStatus
{
    /// <summary>A user's own.</summary>
    Own,

    /// <summary>A layout that is in common use.</summary>
    Standard,

    /// <summary>The circuit of a publication.</summary>
    Published,

    /// <summary>What we take a publication's circuit to be, where its exact sequence was not available.</summary>
    Reconstruction,

    /// <summary>Another circuit that the publication could have meant.</summary>
    Candidate,

    /// <summary>A published circuit with a fault, kept to show it: for the laboratory and tests, never for training.</summary>
    Exhibit,
}
