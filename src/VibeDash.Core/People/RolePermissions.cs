namespace VibeDash.Core.People;

/// <summary>The permissions of each role; the only place where they are decided.</summary>
public static class RolePermissions
{
    /// <summary>The permissions of a role.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a role.</exception>
    public static IReadOnlyList<Permission> Of(Role role) => role switch
    {
        Role.Viewer => [Permission.View],
        Role.Technician => [Permission.View, Permission.Act],
        Role.Engineer => [Permission.View, Permission.Act, Permission.Configure, Permission.SendEvents],
        Role.Administrator => [Permission.View, Permission.Act, Permission.Configure, Permission.SendEvents, Permission.Maintain, Permission.Administer],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };
}
