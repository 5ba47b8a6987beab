namespace VibeDash.Core.Contract;

/// <summary>A key just made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">The whole key, <c>id.secret</c>, which is shown this once.</param>
public sealed record MadeAccessKey(AccessKey Key, string Secret);
