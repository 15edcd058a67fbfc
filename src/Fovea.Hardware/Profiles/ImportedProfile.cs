using System.Collections.Immutable;

namespace Fovea.Hardware.Profiles;

/// <summary>A profile made of a backend's published data.</summary>
/// <param name="Profile">The profile; it keeps every rule of <see cref="DeviceProfileRules"/>.</param>
/// <param name="Warnings">What had to be changed, filled in or left out, one line each.</param>
public sealed record ImportedProfile(DeviceProfile Profile, ImmutableArray<string> Warnings);
