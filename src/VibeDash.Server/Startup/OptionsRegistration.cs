using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VibeDash.Server.Startup;

/// <summary>Options validated at start-up.</summary>
internal static class OptionsRegistration
{
    /// <summary>
    /// Binds <typeparamref name="TOptions"/> to <paramref name="section"/>. A value outside its range stops the start with one line that names the key,
    /// the value and the allowed values (<c>ErrorMessage</c> of the validation attribute).
    /// </summary>
    public static IServiceCollection AddValidatedOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TOptions>>(new Validator<TOptions>(section));
    }

    /// <summary>Faults of options read from <paramref name="section"/>, one line per value; empty when valid.</summary>
    public static IReadOnlyList<string> Faults(object options, string section)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return
        [
            .. faults.Select(fault =>
            {
                var member = fault.MemberNames.First();
                var value = options.GetType().GetProperty(member)?.GetValue(options);
                var shown = member.Contains("Password", StringComparison.Ordinal) ? "(not shown)" : value switch { string[] list => string.Join(", ", list), IDictionary<string, string[]> map => string.Join(", ", map.Keys), _ => value };
                return $"{section}:{member} is '{shown}'; allowed: {fault.ErrorMessage}.";
            }),
        ];
    }

    private sealed class Validator<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = Faults(options, section);
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
